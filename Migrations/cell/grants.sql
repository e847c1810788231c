-- epom_tenant is what all office roles have in common; a login alone has none of it.
grant usage on schema codes to epom_tenant, epom_region;
grant select on all tables in schema codes to epom_tenant, epom_region;
grant usage on schema relay to epom_tenant, epom_region, epom_relay;
grant insert on relay.outbox to epom_tenant, epom_region;
grant select, update, delete on relay.outbox to epom_relay;
grant select on relay.outbox to epom_region;
grant update (next_attempt_at, attempts, last_error) on relay.outbox to epom_region;
grant usage on schema cell to epom_region;
grant select on cell.tenants, cell.migrations, cell.logins to epom_region;
