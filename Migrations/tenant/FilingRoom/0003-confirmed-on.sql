-- The day on which the confirmation came; the log says when a clerk entered it.
alter table tenant.case_files add column confirmed_on date;
