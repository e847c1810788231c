-- What every office has, whatever rooms it keeps: itself, its people, what it took in, and its log.

-- One row: the office as people see it (§ 2(3) of decree 259/2012 asks for most of it).
create table tenant.office (
    is_this boolean primary key default true check (is_this),
    code text not null,
    name text not null,
    kind text not null,
    abbreviation text not null check (abbreviation ~ '^[A-Z0-9]{2,12}$'),
    ico text,
    street text not null default '',
    place text not null default '',
    postcode text not null default '',
    hours text not null default '',
    email text not null default '',
    phone text not null default '',
    data_box text not null default '',
    accepted_formats text not null default '',
    carriers text not null default '',
    bank_account text not null default '',
    accent text not null default 'blue',
    arms_digest bytea,
    updated_at timestamptz not null default clock_timestamp()
);

-- A clerk's identity belongs to the region; what they may do here belongs to the office.
create table tenant.clerks (
    user_id uuid primary key,
    name text not null,
    email text not null,
    function_title text not null default '',
    roles text[] not null,
    is_active boolean not null default true,
    away_from date,
    away_until date,
    substitute_id uuid references tenant.clerks (user_id),
    since timestamptz not null default clock_timestamp(),
    constraint clerks_absence check (away_until is null or away_from <= away_until),
    constraint clerks_own_substitute check (substitute_id is distinct from user_id)
);

-- A message is taken in exactly once: its row is written in the transaction of its effect.
create table tenant.inbox (
    message_id uuid primary key,
    kind text not null,
    taken_at timestamptz not null default clock_timestamp()
);

-- What the head of the office has ticked off when taking it over.
create table tenant.checklist (
    step text primary key,
    done_at timestamptz not null default clock_timestamp(),
    done_by uuid not null
);

-- The transaction log (§ 7.4 of the national standard): append-only, each entry linked to the one before.
create table tenant.log_entries (
    number bigint primary key,
    at timestamptz not null,
    actor text not null,
    act text not null,
    object_kind text not null,
    object_id uuid not null,
    detail text not null,
    link bytea not null
);
create index log_entries_object on tenant.log_entries (object_id, number);

create table tenant.log_head (
    is_this boolean primary key default true check (is_this),
    number bigint not null,
    link bytea not null
);
insert into tenant.log_head (number, link)
values (
    0,
    sha256(
        int4send(10) || 'epom-log-1'::bytea
        || int4send(octet_length(':schema')) || convert_to(':schema', 'UTF8')
    )
);

-- Appends one entry. Called last before commit, so that the head is locked as briefly as can be.
-- The bytes that are hashed are those of CanonicalBytes in Sealing.
create function tenant.record(p_act text, p_object_kind text, p_object_id uuid, p_detail text) returns bigint
language plpgsql set search_path = '' as $record$
declare
    head record;
    entry_at timestamptz := clock_timestamp();
    entry_actor text := current_setting('epom.actor');
    entry_number bigint;
    entry_link bytea;
begin
    select number, link into strict head from tenant.log_head for update;
    entry_number := head.number + 1;
    entry_link := sha256(
        head.link
        || int4send(8) || int8send(entry_number)
        || int4send(8) || int8send((extract(epoch from entry_at) * 1000000)::bigint)
        || int4send(octet_length(convert_to(entry_actor, 'UTF8'))) || convert_to(entry_actor, 'UTF8')
        || int4send(octet_length(convert_to(p_act, 'UTF8'))) || convert_to(p_act, 'UTF8')
        || int4send(octet_length(convert_to(p_object_kind, 'UTF8'))) || convert_to(p_object_kind, 'UTF8')
        || int4send(16) || uuid_send(p_object_id)
        || int4send(octet_length(convert_to(p_detail, 'UTF8'))) || convert_to(p_detail, 'UTF8')
    );
    insert into tenant.log_entries (number, at, actor, act, object_kind, object_id, detail, link)
    values (entry_number, entry_at, entry_actor, p_act, p_object_kind, p_object_id, p_detail, entry_link);
    update tenant.log_head set number = entry_number, link = entry_link;
    return entry_number;
end
$record$;

-- The office decides in its own transaction whether this person may act.
create function tenant.require_permission(p_user uuid, p_permission text) returns void
language plpgsql stable set search_path = '' as $require$
begin
    if not exists (
        select from tenant.clerks c
        join codes.role_permissions p on p.role = any (c.roles)
        where c.user_id = p_user and c.is_active and p.permission = p_permission
    ) then
        raise exception 'no permission %', p_permission
            using errcode = '42501', constraint = 'clerk_permission';
    end if;
end
$require$;
