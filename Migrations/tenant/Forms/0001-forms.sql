-- A published form never changes: the SHA-256 of its canonical bytes is its identity.
create table tenant.form_versions (
    digest bytea primary key,
    code text not null,
    version integer not null,
    definition bytea not null,
    published_at timestamptz not null default clock_timestamp(),
    -- Null for those the office was given when it was made.
    published_by uuid,
    constraint form_versions_digest check (digest = sha256(definition)),
    constraint form_versions_version check (version > 0),
    constraint form_versions_number unique (code, version)
);

-- Who offered which version to the public, or withdrew the form, and when; the newest row of a code holds.
create table tenant.form_switches (
    id uuid primary key,
    code text not null,
    digest bytea not null references tenant.form_versions (digest),
    is_on boolean not null,
    switched_at timestamptz not null default clock_timestamp(),
    switched_by uuid,
    -- The clerk's name at that time; empty for those the office was given.
    switched_as text not null default ''
);
