-- The day on which a document first went out, whatever became of it: a decision is issued once (§ 71(2) of act 500/2004).
-- And where it is written that an appeal was waived or decided (§ 81(2) and § 75).
alter table tenant.documents add column issued_on date, add column final_proof text;
