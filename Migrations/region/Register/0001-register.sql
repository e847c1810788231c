-- The register of offices of the region, hosted or not. Filled from RegionData by the migrator.
create table region.offices (
    tenant text primary key check (tenant ~ '^(m_[0-9]{6}|k_[0-9]{2,3})$'),
    code text not null,
    kind text not null check (kind in ('municipality', 'region')),
    name text not null,
    slug text not null constraint offices_slug unique
);
