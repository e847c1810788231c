-- The day on which the confirmation came to the office; unknown of those that were confirmed before.
alter table region.submissions add column confirmed_on date;
