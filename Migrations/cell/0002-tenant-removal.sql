-- An office that has begun to work is kept, whoever asks: decision 0004. The locks make a first registration, booking
-- or posting and the removal wait for each other.
create function cell.keep_working() returns trigger language plpgsql set search_path = '' as $keep$
declare
    mark record;
    found boolean;
begin
    for mark in
        select relation, condition, refusal from (values
            ('register_counters', 'true', 'tenants_register'),
            ('entries', 'true', 'tenants_books'),
            ('notices', 'posted_on is not null', 'tenants_posted')
        ) as marks (relation, condition, refusal)
    loop
        continue when to_regclass(format('%I.%I', old.name, mark.relation)) is null;
        execute format('lock table %I.%I in access exclusive mode', old.name, mark.relation);
        execute format('select exists (select from %I.%I where %s)', old.name, mark.relation, mark.condition) into found;
        if found then
            raise exception 'office % has begun to work', old.name using errcode = '23514', constraint = mark.refusal;
        end if;
    end loop;
    return old;
end
$keep$;
create trigger tenants_kept before delete on cell.tenants for each row execute function cell.keep_working();
