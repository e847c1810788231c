-- What stands off the balance sheet (class 9 of the guide chart, annex 7 of decree 410/2009) is booked against
-- its own class alone, such as 999; entries that stand already are left as they are.
create or replace function tenant.check_balance() returns trigger language plpgsql set search_path = '' as $balance$
declare
    entry uuid;
    lines int;
    off_balance int;
    difference bigint;
begin
    if tg_table_name = 'entries' then entry := new.id; else entry := new.entry_id; end if;
    select count(*), count(*) filter (where left(account, 1) = '9'), coalesce(sum(debit) - sum(credit), 0)
    into lines, off_balance, difference
    from tenant.entry_lines where entry_id = entry;
    if lines < 2 or difference <> 0 then
        raise exception 'entry does not balance' using errcode = '23514', constraint = 'entries_balance';
    end if;
    if off_balance not in (0, lines) then
        raise exception 'off-balance account against another' using errcode = '23514', constraint = 'entries_off_balance';
    end if;
    return null;
end
$balance$;
