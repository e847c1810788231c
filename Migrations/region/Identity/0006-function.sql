-- As what somebody invited will sign: decisions give the function beside the name (§ 69(1) of act 500/2004).
alter table region.one_time_codes add column function_title text;
