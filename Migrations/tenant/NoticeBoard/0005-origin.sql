-- The other office whose document it is: it is served by that office's board, not by this one (§ 25(3) of act 500/2004).
alter table tenant.notices add column origin text;
