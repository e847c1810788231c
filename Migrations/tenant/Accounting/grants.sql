grant select on tenant.book_locks to :role;
grant select, insert on tenant.accounts, tenant.entry_counters, tenant.entries, tenant.entry_lines, tenant.receivables to :role;
grant update (last) on tenant.entry_counters to :role;
grant update (locked_until) on tenant.book_locks to :role;
grant update (paid, cancelled_by_entry) on tenant.receivables to :role;
grant execute on all functions in schema :schema to :role;
