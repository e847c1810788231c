-- By the expression that the list orders by, as its neighbours are: Postgres then knows how many rows the index holds.
-- By the bare column it counted the files without a day twice, took the index for small, and sorted all of it.
drop index tenant.case_files_unconfirmed;
create index case_files_unconfirmed on tenant.case_files (coalesce(confirm_by, date 'infinity'), id)
    where settled_on is null and confirm_by is not null and confirmed_by is null;
