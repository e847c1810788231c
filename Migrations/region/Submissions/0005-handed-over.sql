-- What the region's desk handed over by other means need not be brought any more. The region may withdraw no message;
-- this one thing is done for it, and only for a submission that is noted as handed over.
create function region.close_delivery(p_message uuid) returns boolean
language sql security definer set search_path = '' as $close$
    with closed as (
        delete from relay.outbox o using region.submissions s
        where o.id = p_message and o.sender = 'epom_region' and s.id = o.subject_id
            and s.status = 'filedElsewhere' and s.reached_at is not null
        returning o.id
    )
    select exists (select from closed)
$close$;
revoke execute on function region.close_delivery(uuid) from public;
