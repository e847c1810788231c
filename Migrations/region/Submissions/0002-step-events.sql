-- What happened in a step where its status alone does not say it, such as that a fee was prescribed.
alter table region.submission_steps add column event text;
