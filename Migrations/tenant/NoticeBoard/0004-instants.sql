-- What people follow by a feed needs the instants: on one day more may be posted than once.
alter table tenant.notices add column posted_at timestamptz;
alter table tenant.board_revision add column changed_at timestamptz;
-- A notice tells which one corrected it.
create index notices_revises on tenant.notices (revises) where revises is not null;

-- What hangs is not rewritten: only taking it down may follow.
create or replace function tenant.keep_posted() returns trigger language plpgsql set search_path = '' as $keep$
begin
    if old.posted_on is not null and (
        new.title, new.kind, new.body, new.reference_number, new.posted_on, new.hangs_until, new.event_on,
        new.case_file_id, new.revises, new.discarded_at, new.collection_code, new.posted_at
    ) is distinct from (
        old.title, old.kind, old.body, old.reference_number, old.posted_on, old.hangs_until, old.event_on,
        old.case_file_id, old.revises, old.discarded_at, old.collection_code, old.posted_at
    ) then
        raise exception 'notice hangs' using errcode = '23514', constraint = 'notice_posted';
    end if;
    if old.taken_down_on is not null then
        raise exception 'notice was taken down' using errcode = '23514', constraint = 'notice_posted';
    end if;
    return new;
end
$keep$;
