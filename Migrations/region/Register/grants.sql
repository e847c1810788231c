grant usage on schema region to epom_region;
grant select on region.offices, region.parts, region.tenants, region.services, region.provisioning_jobs to epom_region;
grant update (has_registry_office, has_building_office) on region.offices to epom_region;
grant insert on region.provisioning_jobs to epom_region;
grant select, insert on region.inbox to epom_region;
grant update (checked_on, checked_by) on region.services to epom_region;
