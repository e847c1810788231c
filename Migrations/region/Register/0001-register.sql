-- The register of offices of the region, hosted or not, and where each hosted one lives.
-- Offices, parts and services are filled from RegionData by the migrator; what an administrator confirms stays.

create table region.offices (
    tenant text primary key check (tenant ~ '^(m_[0-9]{6}|k_[0-9]{2,3})$'),
    code text not null,
    kind text not null check (kind in ('municipality', 'region')),
    name text not null,
    slug text not null constraint offices_slug unique,
    orp_code text not null,
    orp_name text not null,
    pou_code text not null,
    pou_name text not null,
    district text not null,
    population int not null,
    postcodes text[] not null,
    is_orp boolean not null,
    is_pou boolean not null,
    -- Not in the data: null until an administrator confirms it.
    has_registry_office boolean,
    has_building_office boolean,
    -- "Určený původce", § 63(1) of act 499/2004.
    is_designated boolean not null generated always as (
        kind = 'region' or is_orp or is_pou or coalesce(has_registry_office, false)
        or coalesce(has_building_office, false)
    ) stored,
    searched text not null,
    constraint offices_designated unique (tenant, is_designated)
);

create table region.parts (
    code text primary key,
    tenant text not null references region.offices,
    name text not null,
    postcode text not null
);
create index parts_tenant on region.parts (tenant);

-- In which cell an office lives, from day one, even while there is one cell.
create table region.tenants (
    tenant text primary key,
    is_designated boolean not null,
    cell int not null default 0,
    rooms text[] not null,
    hosted_at timestamptz not null default clock_timestamp(),
    constraint tenants_office foreign key (tenant, is_designated) references region.offices (tenant, is_designated) on update cascade,
    -- § 63(3), § 69e(1) and § 74(11) of act 499/2004: an unattested filing service may not be offered to them.
    constraint tenants_designated_filing_room check (not (is_designated and 'FilingRoom' = any (rooms)))
);

create table region.services (
    code text primary key,
    name text not null,
    level text not null,
    criteria text[] not null,
    regime text not null,
    confirmation text not null,
    law text not null,
    term text not null,
    fee text not null,
    note text not null,
    is_verified boolean not null,
    valid_from date not null
);

-- What a region administrator asks of the migrator, which has the rights that `epom serve` lacks.
create table region.provisioning_jobs (
    id uuid primary key,
    tenant text not null references region.offices,
    rooms text[] not null,
    head_email text not null,
    head_name text not null,
    requested_by uuid not null,
    requested_at timestamptz not null default clock_timestamp(),
    started_at timestamptz,
    finished_at timestamptz,
    error text
);
create unique index provisioning_jobs_open on region.provisioning_jobs (tenant) where finished_at is null;

-- A message is taken in exactly once: its row is written in the transaction of its effect.
create table region.inbox (
    message_id uuid primary key,
    kind text not null,
    taken_at timestamptz not null default clock_timestamp()
);
