-- Never update, never delete: what was seen stays seen.
grant select, insert on region.log_anchors to epom_region;
