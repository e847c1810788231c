grant usage on schema region to epom_region;
grant select on region.offices to epom_region;
