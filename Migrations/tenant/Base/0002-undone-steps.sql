-- A step of the hand-over can be taken back; when and by whom it was done stands in the log.

alter table tenant.checklist add column undone_at timestamptz;
