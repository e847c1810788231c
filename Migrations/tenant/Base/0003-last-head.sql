-- An office that has a head never loses its last one, whoever takes it from whom: nobody else can give it back.

-- Two who each take the other's away wait here one for another, so that the second sees what the first did.
create function tenant.keep_head() returns trigger
language plpgsql set search_path = '' as $keep$
begin
    perform from tenant.office for no key update;
    if not exists (select from tenant.clerks where is_active and 'head' = any (roles)) then
        raise exception 'the last head' using errcode = '23514', constraint = 'clerks_last_head';
    end if;
    return null;
end
$keep$;

create trigger clerks_head_changed after update on tenant.clerks for each row
when (
    old.is_active and 'head' = any (old.roles) and not (new.is_active and 'head' = any (new.roles))
)
execute function tenant.keep_head();

create trigger clerks_head_deleted after delete on tenant.clerks for each row
when (old.is_active and 'head' = any (old.roles))
execute function tenant.keep_head();
