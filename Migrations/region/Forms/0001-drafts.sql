-- What people have typed and not yet handed in, kept for the browser that typed it.
create table region.form_drafts (
    -- The idempotency key that was issued with the form.
    key bytea primary key,
    -- SHA-256 over the host and the nonce of the anonymous cookie.
    browser bytea not null,
    host text not null,
    form_code text not null,
    form_digest bytea not null,
    answers text not null,
    files text not null,
    -- Where the receipt is, once the form was handed in; the answers are forgotten then.
    receipt text,
    changed_at timestamptz not null default clock_timestamp(),
    constraint form_drafts_key check (octet_length(key) = 16),
    constraint form_drafts_size check (octet_length(answers) <= 4000000 and octet_length(files) <= 100000)
);
create index form_drafts_browser on region.form_drafts (browser, form_code, changed_at desc);
create index form_drafts_age on region.form_drafts (changed_at);
