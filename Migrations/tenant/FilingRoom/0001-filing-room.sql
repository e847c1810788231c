-- The filing room: the register, the case files, the name register, and who deals with what.

-- The filing plan (§ 15 of decree 259/2012): a group has no regime, the lowest level always has one.
create table tenant.filing_classes (
    code text primary key check (code ~ '^[0-9]{1,3}([.][0-9]{1,3}){0,3}$'),
    parent_code text references tenant.filing_classes (code),
    name text not null,
    disposal_mark text,
    retention_years int,
    trigger_event text not null default '',
    note text not null default '',
    constraint filing_classes_mark check (disposal_mark in ('A', 'S')),
    constraint filing_classes_retention check (retention_years between 1 and 100),
    constraint filing_classes_regime check ((disposal_mark is null) = (retention_years is null))
);

-- A unit or a function that deals with something; `holder_id` is the clerk who holds it, if it is one person.
create table tenant.desks (
    code text primary key check (code ~ '^[a-z0-9-]{1,40}$'),
    name text not null,
    role text not null,
    holder_id uuid references tenant.clerks (user_id),
    constraint desks_name unique (name)
);

-- Which desk a service belongs to and under which class its case files are kept; `*` is everything else.
create table tenant.routing_rules (
    service_code text primary key,
    service_name text not null,
    regime text not null,
    desk_code text not null references tenant.desks (code),
    filing_class text not null references tenant.filing_classes (code)
);

-- Gapless numbers (§ 10(4) of decree 259/2012): the row is locked by the transaction that registers.
create table tenant.counters (
    kind text not null,
    year int not null,
    last int not null,
    constraint counters_kind check (kind in ('register', 'case')),
    constraint counters_last check (last > 0),
    primary key (kind, year)
);

-- The name register (§ 64(4) of act 499/2004): who wrote to the office or was written to.
create table tenant.parties (
    id uuid primary key,
    kind text not null,
    name text not null,
    birth_on date,
    ico text,
    address text not null default '',
    email text not null default '',
    phone text not null default '',
    data_box text not null default '',
    sorting text not null,
    -- What makes two records one person; null for those who cannot be told apart.
    identity text,
    since timestamptz not null default clock_timestamp(),
    constraint parties_kind check (kind in ('person', 'entrepreneur', 'legalPerson', 'anonymous')),
    constraint parties_identity unique (identity)
);
create index parties_sorting on tenant.parties (sorting text_pattern_ops, id);

create table tenant.case_files (
    id uuid primary key,
    year int not null,
    number int not null,
    reference text not null,
    title text not null,
    service_code text not null default '',
    service_name text not null default '',
    regime text not null,
    filing_class text references tenant.filing_classes (code),
    party_id uuid not null references tenant.parties (id),
    party_name text not null,
    -- The number of the document that opened it.
    reference_number text not null,
    reached_at timestamptz not null,
    state text not null default 'open',
    desk_code text not null references tenant.desks (code),
    assignee_id uuid references tenant.clerks (user_id),
    assigned_why text not null default '',
    taken_at timestamptz,
    due_on date,
    -- Set while an answer to a request for supplement is awaited: the clock stands.
    supplement_by date,
    confirm_by date,
    confirmed_by text,
    confirmed_at timestamptz,
    settled_at timestamptz,
    settled_how text,
    settled_note text not null default '',
    closed_at timestamptz,
    submission_id uuid,
    submission_code text not null default '',
    explanation text not null default '',
    reports_sent int not null default 0,
    fee_id uuid,
    constraint case_files_number unique (year, number),
    constraint case_files_submission unique (submission_id),
    constraint case_files_positive check (number > 0),
    constraint case_files_state check (state in ('open', 'settled', 'closed')),
    constraint case_files_settled check (
        (state = 'open') = (settled_at is null) and (settled_at is null) = (settled_how is null)
    ),
    constraint case_files_closed check ((state = 'closed') = (closed_at is not null)),
    constraint case_files_class check (state = 'open' or filing_class is not null),
    constraint case_files_settled_how check (
        settled_how in ('document', 'referral', 'noted', 'record', 'unconfirmed', 'other')
    ),
    constraint case_files_confirmed_by check (confirmed_by in ('signedPrint', 'inPerson', 'dataBox')),
    constraint case_files_confirmed check ((confirmed_by is null) = (confirmed_at is null))
);
create index case_files_party on tenant.case_files (party_id, year, number);
-- What the office has not finished is little, however much it keeps.
create index case_files_unfinished on tenant.case_files (state, due_on) where state <> 'closed';

-- The register: every document that came or was made, once and for ever. A number exists only behind the one
-- before it, so a gap cannot be written, not even by the owner.
create table tenant.documents (
    id uuid primary key,
    case_file_id uuid not null references tenant.case_files (id),
    year int not null,
    number int not null,
    preceding int,
    identifier text not null,
    reference_number text not null,
    direction text not null,
    means text not null,
    title text not null,
    party_id uuid references tenant.parties (id),
    party_name text not null,
    sender_number text not null default '',
    -- When it came, or was made.
    came_at timestamptz not null,
    registered_at timestamptz not null default clock_timestamp(),
    registered_by text not null,
    is_paper boolean not null default false,
    sheets int not null default 0,
    enclosures text not null default '',
    answers text not null default '',
    searched tsvector not null,
    constraint documents_number unique (year, number),
    constraint documents_gapless check (
        number > 0 and preceding is not distinct from nullif(number - 1, 0)
    ),
    constraint documents_preceding foreign key (year, preceding) references tenant.documents (year, number),
    constraint documents_direction check (direction in ('incoming', 'outgoing', 'own')),
    constraint documents_means check (
        means in ('web', 'paper', 'inPerson', 'email', 'dataBox', 'made')
    ),
    constraint documents_sheets check (sheets between 0 and 10000)
);
create index documents_case_file on tenant.documents (case_file_id, year, number);
create index documents_searched on tenant.documents using gin (searched);

create table tenant.components (
    id uuid primary key,
    document_id uuid not null references tenant.documents (id),
    ordinal int not null,
    kind text not null,
    digest bytea not null,
    name text not null,
    media_type text not null,
    bytes bigint not null,
    added_at timestamptz not null default clock_timestamp(),
    constraint components_ordinal unique (document_id, ordinal),
    constraint components_kind check (kind in ('main', 'enclosure', 'proof')),
    constraint components_digest check (octet_length(digest) = 32)
);

-- A reply from its draft to its proof of delivery: made out, dispatched, delivered are three acts
-- (§ 65(2) of act 499/2004, § 19 of act 500/2004).
create table tenant.replies (
    id uuid primary key,
    case_file_id uuid not null references tenant.case_files (id),
    kind text not null,
    title text not null,
    body text not null,
    party_id uuid not null references tenant.parties (id),
    author_id uuid not null references tenant.clerks (user_id),
    written_at timestamptz not null default clock_timestamp(),
    state text not null default 'draft',
    supplement_days int,
    document_id uuid references tenant.documents (id),
    dispatched_on date,
    dispatched_by text,
    delivered_on date,
    proof text not null default '',
    constraint replies_document unique (document_id),
    constraint replies_kind check (kind in ('decision', 'notice', 'call', 'resolution', 'referral')),
    constraint replies_state check (
        state in ('draft', 'discarded', 'made', 'dispatched', 'delivered', 'returned')
    ),
    constraint replies_made check ((state in ('draft', 'discarded')) = (document_id is null)),
    constraint replies_dispatched check (
        (state in ('draft', 'discarded', 'made')) = (dispatched_on is null)
        and (dispatched_on is null) = (dispatched_by is null)
    ),
    constraint replies_dispatched_by check (dispatched_by in ('post', 'inPerson', 'publicNotice', 'dataBox')),
    constraint replies_delivered check ((state in ('delivered', 'returned')) = (delivered_on is not null)),
    constraint replies_order check (delivered_on >= dispatched_on),
    constraint replies_supplement check (supplement_days between 1 and 365)
);
create index replies_case_file on tenant.replies (case_file_id);

-- Records that are no documents of their own, and the notes of posting that the board returns.
create table tenant.case_notes (
    id uuid primary key,
    case_file_id uuid not null references tenant.case_files (id),
    at timestamptz not null default clock_timestamp(),
    author text not null,
    text text not null,
    notice_id uuid,
    posted_on date,
    taken_down_on date,
    constraint case_notes_posting check ((notice_id is null) = (posted_on is null))
);
create index case_notes_case_file on tenant.case_notes (case_file_id);

-- A closed case file takes nothing in and gives nothing out (§ 65(6) of act 499/2004). The lock makes a closing
-- and an addition wait for each other.
create function tenant.refuse_closed() returns trigger
language plpgsql set search_path = '' as $refuse$
declare
    found_state text;
begin
    select state into found_state from tenant.case_files where id = new.case_file_id for share;
    if found_state = 'closed' then
        raise exception 'case file % is closed', new.case_file_id
            using errcode = '23514', constraint = 'case_file_closed';
    end if;
    return new;
end
$refuse$;
create trigger documents_closed before insert on tenant.documents
    for each row execute function tenant.refuse_closed();
create trigger replies_closed before insert or update on tenant.replies
    for each row execute function tenant.refuse_closed();
create trigger case_notes_closed before insert on tenant.case_notes
    for each row execute function tenant.refuse_closed();

create function tenant.refuse_change() returns trigger
language plpgsql set search_path = '' as $refuse$
begin
    if old.state = 'closed' then
        raise exception 'case file % is closed', old.id using errcode = '23514', constraint = 'case_file_closed';
    end if;
    return new;
end
$refuse$;
create trigger case_files_closed before update on tenant.case_files
    for each row execute function tenant.refuse_change();

-- Made-out documents are not changed: only what happens to them afterwards is written beside them.
create function tenant.refuse_rewriting() returns trigger
language plpgsql set search_path = '' as $refuse$
begin
    if old.state <> 'draft' and row (new.kind, new.title, new.body, new.party_id, new.document_id)
        is distinct from row (old.kind, old.title, old.body, old.party_id, old.document_id)
    then
        raise exception 'reply % is made out', old.id using errcode = '23514', constraint = 'reply_made_out';
    end if;
    return new;
end
$refuse$;
create trigger replies_rewriting before update on tenant.replies
    for each row execute function tenant.refuse_rewriting();

-- The register as it is listed: a document and where its case file stands.
create view tenant.register_lines as
select d.id, d.year, d.number, d.reference_number, d.direction, d.means, d.title, d.party_name, d.came_at,
    d.searched, d.case_file_id, c.reference as case_reference, c.state, c.desk_code, c.assignee_id, c.due_on
from tenant.documents d join tenant.case_files c on c.id = d.case_file_id;
