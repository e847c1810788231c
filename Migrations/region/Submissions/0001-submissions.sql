-- What people handed in: accepted here first, delivered to the competent office later.

create table region.submissions (
    id uuid primary key,
    code text not null constraint submissions_code unique,
    secret_digest bytea not null,
    -- 128 bits issued with the form: the same key from the same host is the same submission.
    host text not null,
    idempotency_key bytea not null,
    -- Over everything that was handed in, so that the same key with another body is noticed.
    body_digest bytea not null,
    form_code text not null,
    form_digest text not null,
    service_code text not null,
    service_name text not null,
    regime text not null,
    title text not null,
    answers text not null,
    filled_form bytea not null,
    attachments text not null,
    submitter text not null,
    email text,
    user_id uuid,
    -- Null while the region's desk must decide.
    office text,
    office_name text not null,
    explanation text[] not null,
    confirmation text not null,
    confirm_by date,
    confirmed_by text,
    accepted_at timestamptz not null,
    reached_at timestamptz,
    registered_at timestamptz,
    status text not null,
    reference_number text,
    assignee text,
    -- How often an office has referred it; a second time needs the superior's consent (§ 12 of act 500/2004).
    hops int not null default 0,
    -- Counts the messages sent to offices about it.
    ordinal int not null default 1,
    constraint submissions_key unique (host, idempotency_key)
);
create index submissions_user on region.submissions (user_id, id) where user_id is not null;
create index submissions_undecided on region.submissions (id) where office is null;
create index submissions_unconfirmed on region.submissions (confirm_by) where status = 'awaitingConfirmation';

-- The way of a submission, a row for each step after acceptance.
create table region.submission_steps (
    id uuid primary key,
    submission_id uuid not null references region.submissions,
    at timestamptz not null,
    office text not null,
    status text not null,
    note text not null,
    deadline date,
    link text not null default ''
);
create index submission_steps_submission on region.submission_steps (submission_id, id);

-- Offices with a filing system of their own, and the key under which they and we sign.
create table region.webhooks (
    office text primary key,
    address text not null,
    signing_key text not null,
    is_on boolean not null default true
);

-- Signed requests are taken once; forgotten when they would be refused for their age anyway.
create table region.webhook_calls (
    office text not null,
    delivery text not null,
    at timestamptz not null default clock_timestamp(),
    primary key (office, delivery)
);
