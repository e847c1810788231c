-- A reply that is being written, one for a case file; it is no document yet.
alter table tenant.case_files add column draft_kind text, add column draft_subject text, add column draft_text text;

-- Made out and taken back before it went out: the number stays used.
alter table tenant.documents add column cancelled_on date,
    -- From when it is in legal force and why (§ 75 of act 500/2004).
    add column final_on date, add column final_by text,
    add constraint documents_cancelled check (cancelled_on is null or dispatched_on is null);

-- A closed case file takes nothing, but it may be opened again.
create or replace function tenant.keep_closed() returns trigger language plpgsql set search_path = '' as $kept$
begin
    if old.closed_on is not null
        and (new.closed_on is not null or to_jsonb(new) - 'closed_on' <> to_jsonb(old) - 'closed_on')
    then
        raise exception 'case file is closed' using errcode = '23514', constraint = 'case_file_closed';
    end if;
    return new;
end
$kept$;
