grant usage on schema :schema to :role;
grant select on tenant.office, tenant.clerks, tenant.inbox, tenant.checklist, tenant.log_entries, tenant.log_head to :role;
grant update on tenant.office to :role;
grant insert, update on tenant.clerks, tenant.checklist to :role;
grant insert on tenant.inbox, tenant.log_entries to :role;
grant update (number, link) on tenant.log_head to :role;
revoke execute on all functions in schema :schema from public;
grant execute on all functions in schema :schema to :role;
