-- Nothing is booked on a day that has not come when it is written down (§ 3(1) and § 6(1) of act 563/1991), and no
-- reversal is earlier than what it reverses (§ 35); entries that stand already are left as they are.
create or replace function tenant.check_period() returns trigger language plpgsql set search_path = '' as $period$
declare
    locked date;
begin
    -- Waits for whoever is locking the period just now.
    select locked_until into locked from tenant.book_locks for share;
    if locked >= new.booked_on then
        raise exception 'period is locked' using errcode = '23514', constraint = 'entries_period';
    end if;
    if new.booked_on > (new.booked_at at time zone 'Europe/Prague')::date then
        raise exception 'day has not come' using errcode = '23514', constraint = 'entries_future';
    end if;
    if exists (select from tenant.entries e where e.id = new.reverses and e.booked_on > new.booked_on) then
        raise exception 'reversal before its entry' using errcode = '23514', constraint = 'entries_reversal_day';
    end if;
    return new;
end
$period$;
