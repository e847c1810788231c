grant select, insert on tenant.notices to :role;
grant update (title, kind, body, reference_number, case_file_id, event_on, collection_code, discarded_at, posted_on, posted_at, posted_by, hangs_until, taken_down_on,
    taken_down_by, early_reason, served_before_on) on tenant.notices to :role;
-- Only of drafts: a trigger keeps the files of what was posted.
grant select, insert, delete on tenant.notice_files to :role;
grant select on tenant.board_revision, tenant.notice_categories to :role;
grant update (revision, changed_at) on tenant.board_revision to :role;
grant execute on all functions in schema :schema to :role;
