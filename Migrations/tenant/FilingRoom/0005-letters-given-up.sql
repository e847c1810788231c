-- Where a document of the office was sent, if not where its addressee is known to be; and that it came back, or could
-- reach nobody, and need not go again.
alter table tenant.documents add column sent_to text, add column abandoned_on date, add column abandoned_why text,
    add constraint documents_abandoned check (abandoned_on is null
        or abandoned_why is not null and delivered_on is null and (dispatched_on is null or returned_on is not null)),
    -- An e-mail serves nothing (§ 19 of act 500/2004).
    add constraint documents_email check (dispatched_by is distinct from 'email'
        or sent_to is not null and kind in ('information', 'notice', 'setAside', 'referral'));

-- The closed files, newest first.
create index case_files_put_away on tenant.case_files (closed_on desc, id desc) where closed_on is not null;
