-- The official notice board (§ 26 of act 500/2004), simple decrees and news.
create table tenant.notices (
    id uuid primary key,
    title text not null check (length(title) between 3 and 300),
    kind text not null,
    body text not null default '',
    reference_number text not null default '',
    case_file_id uuid,
    -- The meeting, decision or approval that the kind's period is counted to or from.
    event_on date,
    -- Of a decree: where its authentic text stands in the Collection (act 35/2021).
    collection_code text not null default ''
        constraint notices_collection check (collection_code ~ '^(SPP[0-9A-Z]{4,30})?$'),
    drafted_at timestamptz not null default clock_timestamp(),
    drafted_by text not null default '',
    discarded_at timestamptz,
    -- The notice that this one corrects; it comes down when this one is posted.
    revises uuid references tenant.notices,
    posted_on date,
    posted_by text,
    -- Last day on which it hangs; it comes down on the day after. Null: until a newer one takes its place.
    hangs_until date,
    taken_down_on date,
    taken_down_by text,
    -- Why it came down earlier than its kind asks.
    early_reason text,
    constraint notices_posted check (posted_on is null or discarded_at is null),
    constraint notices_order check (hangs_until >= posted_on and taken_down_on >= posted_on)
);
create index notices_hanging on tenant.notices (posted_on desc, id desc)
    where posted_on is not null and taken_down_on is null;
create index notices_drafts on tenant.notices (id desc) where posted_on is null and discarded_at is null;
create index notices_posted_order on tenant.notices (posted_on desc, id desc) where posted_on is not null;

create table tenant.notice_files (
    notice_id uuid not null references tenant.notices,
    position int not null,
    digest text not null,
    name text not null,
    media_type text not null,
    bytes bigint not null,
    primary key (notice_id, position)
);

-- Grows with every change that the public can see; its pages are kept by it.
create table tenant.board_revision (
    is_this boolean primary key default true check (is_this),
    revision bigint not null default 0
);
insert into tenant.board_revision default values;

-- What hangs is not rewritten: only taking it down may follow.
create function tenant.keep_posted() returns trigger language plpgsql set search_path = '' as $keep$
begin
    if old.posted_on is not null and (
        new.title, new.kind, new.body, new.reference_number, new.posted_on, new.hangs_until, new.event_on,
        new.case_file_id, new.revises, new.discarded_at, new.collection_code
    ) is distinct from (
        old.title, old.kind, old.body, old.reference_number, old.posted_on, old.hangs_until, old.event_on,
        old.case_file_id, old.revises, old.discarded_at, old.collection_code
    ) then
        raise exception 'notice hangs' using errcode = '23514', constraint = 'notice_posted';
    end if;
    if old.taken_down_on is not null then
        raise exception 'notice was taken down' using errcode = '23514', constraint = 'notice_posted';
    end if;
    return new;
end
$keep$;
create trigger notices_kept before update on tenant.notices
    for each row execute function tenant.keep_posted();

create function tenant.keep_files() returns trigger language plpgsql set search_path = '' as $keep$
begin
    if exists (select from tenant.notices where id = coalesce(new.notice_id, old.notice_id) and posted_on is not null) then
        raise exception 'notice hangs' using errcode = '23514', constraint = 'notice_posted';
    end if;
    return coalesce(new, old);
end
$keep$;
create trigger notice_files_kept before insert or update or delete on tenant.notice_files
    for each row execute function tenant.keep_files();
