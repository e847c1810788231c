grant select, insert, update on tenant.notices to :role;
grant select, insert, delete on tenant.notice_files to :role;
grant select on tenant.board_revision to :role;
grant update (revision) on tenant.board_revision to :role;
grant execute on all functions in schema :schema to :role;
