-- The registry of users of the whole region, their sessions, and the letters sent to them.

create table region.users (
    id uuid primary key,
    -- Folded to lower case: one person, one account.
    email text not null constraint users_email unique,
    name text not null,
    -- Null until the person has chosen a password.
    password_hash text,
    verified_at timestamptz,
    is_region_administrator boolean not null default false,
    is_demo boolean not null default false,
    created_at timestamptz not null default clock_timestamp()
);

-- Server-side sessions by the digest of their token; a session of an office's host has the region's as parent.
create table region.sessions (
    digest bytea primary key,
    user_id uuid not null references region.users,
    parent bytea references region.sessions,
    host text not null,
    created_at timestamptz not null default clock_timestamp(),
    expires_at timestamptz not null,
    revoked_at timestamptz
);
create index sessions_user on region.sessions (user_id);
create index sessions_parent on region.sessions (parent);

create table region.api_tokens (
    digest bytea primary key,
    user_id uuid not null references region.users,
    -- The only host that takes it.
    host text not null,
    name text not null,
    created_at timestamptz not null default clock_timestamp(),
    revoked_at timestamptz
);

-- What is sent by letter or by redirect and works once.
create table region.one_time_codes (
    digest bytea primary key,
    purpose text not null check (purpose in ('verify', 'reset', 'invite', 'sign-in')),
    user_id uuid references region.users,
    email text not null default '',
    name text not null default '',
    tenant text,
    roles text[] not null default '{}',
    host text not null default '',
    -- Digest of the browser's half of a sign-in.
    browser bytea,
    session bytea references region.sessions,
    expires_at timestamptz not null,
    used_at timestamptz
);

-- Failures, so that guessing is slow; forgotten after a day.
create table region.failed_attempts (
    key text not null,
    at timestamptz not null default clock_timestamp()
);
create index failed_attempts_key on region.failed_attempts (key, at);

create table region.letters (
    id uuid primary key,
    recipient text not null,
    subject text not null,
    body text not null,
    created_at timestamptz not null default clock_timestamp(),
    attempts int not null default 0,
    next_attempt_at timestamptz not null default clock_timestamp(),
    sent_at timestamptz,
    given_up_at timestamptz,
    last_error text
);
create index letters_due on region.letters (next_attempt_at) where sent_at is null and given_up_at is null;
