-- The day on which what is posted had been served another way: posting serves nothing twice (§ 19 and § 25 of act
-- 500/2004), and the board must not say that it does.
alter table tenant.notices add column served_before_on date;
