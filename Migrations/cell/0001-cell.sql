-- One cluster with its offices: what was migrated, who lives here, code lists, and the messages between them.
create schema cell;
create schema codes;
create schema relay;
create schema region;

create table cell.migrations (
    schema_name text not null,
    folder text not null,
    number int not null,
    name text not null,
    digest text not null,
    applied_at timestamptz not null default clock_timestamp(),
    primary key (schema_name, folder, number)
);

create table cell.tenants (
    name text primary key check (name ~ '^(m_[0-9]{6}|k_[0-9]{2,3})$'),
    rooms text[] not null,
    created_at timestamptz not null default clock_timestamp()
);

-- Each login is a member of at most 250 office roles: the first SET ROLE of a backend costs by their number.
create table cell.logins (
    tenant text primary key,
    shard int not null
);

-- Data files of the project that were loaded, so that loading the same ones again costs nothing.
create table cell.data_files (
    name text primary key,
    digest text not null,
    loaded_at timestamptz not null default clock_timestamp()
);

create table codes.role_permissions (
    role text not null,
    permission text not null,
    primary key (role, permission)
);

create table codes.budget_items (
    code text not null,
    name text not null,
    valid_from date not null,
    source text not null,
    primary key (code, valid_from)
);

create table codes.budget_paragraphs (
    code text not null,
    name text not null,
    valid_from date not null,
    source text not null,
    primary key (code, valid_from)
);

-- A message from one office (or the region) to another; deleted once it is delivered, its history is in the logs.
-- `ordinal` orders the messages of one sender about one subject; a stuck one holds up only its own subject.
create table relay.outbox (
    id uuid primary key,
    sender name not null default current_user,
    recipient text not null check (recipient = 'region' or recipient ~ '^(m_[0-9]{6}|k_[0-9]{2,3})$'),
    subject_id uuid not null,
    ordinal int not null,
    kind text not null,
    body jsonb not null,
    created_at timestamptz not null default clock_timestamp(),
    attempts int not null default 0,
    next_attempt_at timestamptz not null default clock_timestamp(),
    last_error text,
    constraint outbox_order unique (sender, subject_id, ordinal)
);
create index outbox_due on relay.outbox (next_attempt_at);

alter table relay.outbox enable row level security;
create policy outbox_sender on relay.outbox for insert with check (sender = current_user);
create policy outbox_relay on relay.outbox to epom_relay using (true);
create policy outbox_region on relay.outbox for select to epom_region using (true);
create policy outbox_replay on relay.outbox for update to epom_region using (true);
