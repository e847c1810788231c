-- The filing room: register, name register, case files, documents with their components.

-- Filing plan; regime of disposal on the lowest level only (§ 15 of decree 259/2012).
create table tenant.plan_entries (
    code text primary key,
    parent text,
    title text not null,
    disposal_sign text constraint plan_entries_sign check (disposal_sign in ('A', 'S')),
    retention_years int,
    trigger text not null default '',
    constraint plan_entries_regime check ((disposal_sign is null) = (retention_years is null))
);

-- To whose desk a service goes: a role, or one person who stands for it.
create table tenant.routing_rules (
    service text primary key,
    role text not null,
    clerk_id uuid,
    plan_code text references tenant.plan_entries,
    note text not null default ''
);

-- Gapless numbers: a row locked in the transaction of the registration (§ 10(4) of decree 259/2012).
create table tenant.register_counters (
    year int primary key,
    last int not null check (last > 0)
);

-- The name register (§ 64(4) of act 499/2004).
create table tenant.senders (
    id uuid primary key,
    kind text not null,
    name text not null,
    birth_date date,
    ico text,
    address text not null default '',
    email text not null default '',
    phone text not null default '',
    data_box text not null default '',
    -- What makes two of them the same.
    fingerprint text not null constraint senders_once unique,
    searched tsvector not null default ''::tsvector
);
create index senders_searched on tenant.senders using gin (searched);

create table tenant.case_files (
    id uuid primary key,
    mark text not null constraint case_files_mark unique,
    title text not null,
    service_code text not null default '',
    regime text not null,
    plan_code text references tenant.plan_entries,
    opened_on date not null,
    due_on date,
    due_law text not null default '',
    -- At whose desk it lies, and since when they have taken it over.
    assignee uuid,
    taken_on date,
    -- Why this desk, for the clerk and in short for the person.
    routing text not null,
    submission_id uuid,
    -- How often the submission was referred before it came here; it may come back to the same office.
    hop int not null default 0,
    referred_from text,
    referred_to text,
    submission_code text,
    confirmation text not null default 'none',
    confirm_by date,
    confirmed_by text,
    settled_on date,
    settled_how text,
    closed_on date,
    -- Since when the clock stands, because a supplement was called for; and for how many days it stood before.
    paused_on date,
    paused_days int not null default 0,
    extended_on date,
    extended_days int not null default 0,
    extended_why text not null default '',
    -- The receivable in the books; one for a case file.
    fee_id uuid,
    -- Counts the messages sent to the region about the submission.
    ordinal int not null default 0,
    constraint case_files_submission unique (submission_id, hop),
    constraint case_files_closed check (closed_on is null or settled_on is not null)
);
-- One index for each list that clerks page through; a file without a term stands last.
create index case_files_open on tenant.case_files (coalesce(due_on, date 'infinity'), id) where settled_on is null;
create index case_files_desk on tenant.case_files (assignee, coalesce(due_on, date 'infinity'), id)
    where settled_on is null;
create index case_files_unassigned on tenant.case_files (coalesce(due_on, date 'infinity'), id)
    where settled_on is null and assignee is null;
create index case_files_regime on tenant.case_files (regime, coalesce(due_on, date 'infinity'), id)
    where settled_on is null;
create index case_files_unconfirmed on tenant.case_files (confirm_by, id)
    where settled_on is null and confirm_by is not null and confirmed_by is null;
create index case_files_to_close on tenant.case_files (settled_on, id)
    where settled_on is not null and closed_on is null;

-- A number exists only behind the one before it: a gap cannot be written, not even by the owner.
create table tenant.documents (
    id uuid primary key,
    case_file_id uuid not null references tenant.case_files,
    year int not null,
    number int not null,
    preceding int,
    identifier text not null,
    reference_number text not null,
    direction text not null check (direction in ('incoming', 'outgoing')),
    subject text not null,
    sender_id uuid references tenant.senders,
    channel text not null,
    received_at timestamptz not null,
    -- Of what came on paper: what the filing stamp says (§ 3(3) of decree 259/2012), and the sender's own number.
    sheets int check (sheets between 0 and 100000),
    paper_attachments int check (paper_attachments between 0 and 100000),
    other_attachments text not null default '',
    sender_reference text not null default '',
    -- Of a tax file: nobody but its keeper and the head may know of it (§ 52 of act 280/2009).
    is_secret boolean not null default false,
    -- Of an outgoing document: made out when registered, then dispatched, then delivered.
    kind text not null default '',
    dispatched_on date,
    dispatched_by text,
    -- The notice by which it is served (§ 25 of act 500/2004); it counts as dispatched when that is posted.
    notice_id uuid,
    returned_on date,
    returned_why text not null default '',
    delivered_on date,
    delivered_by text,
    delivery_proof text,
    author uuid,
    answers text not null default '{}',
    searched tsvector not null,
    constraint documents_number unique (year, number),
    constraint documents_gapless check (number > 0 and preceding is not distinct from nullif(number - 1, 0)),
    constraint documents_preceding foreign key (year, preceding) references tenant.documents (year, number),
    constraint documents_delivery check (delivered_on is null or dispatched_on <= delivered_on)
);
create index documents_case_file on tenant.documents (case_file_id, year, number);
create index documents_incoming on tenant.documents (year, number) where direction = 'incoming';
create index documents_outgoing on tenant.documents (year, number) where direction = 'outgoing';
create index documents_sender on tenant.documents (sender_id, year, number) where sender_id is not null;
create index documents_notice on tenant.documents (notice_id) where notice_id is not null;
create index documents_searched on tenant.documents using gin (searched);

create table tenant.components (
    document_id uuid not null references tenant.documents,
    position int not null,
    digest text not null constraint components_digest check (digest ~ '^[0-9a-f]{64}$'),
    name text not null,
    media_type text not null,
    bytes bigint not null,
    primary key (document_id, position)
);

-- What of a case file hangs, or hung, on the board; the proof belongs to the file (§ 65(3) of act 499/2004).
create table tenant.case_postings (
    notice_id uuid primary key,
    case_file_id uuid not null references tenant.case_files,
    title text not null,
    posted_on date not null,
    taken_down_on date,
    -- Why it came down before its time.
    early_reason text
);
create index case_postings_case_file on tenant.case_postings (case_file_id);

-- A closed case file takes nothing more. The lock makes a closing and an addition wait for each other.
create function tenant.refuse_closed() returns trigger language plpgsql set search_path = '' as $closed$
declare
    closed date;
begin
    select closed_on into closed from tenant.case_files where id = new.case_file_id for share;
    if closed is not null then
        raise exception 'case file is closed' using errcode = '23514', constraint = 'case_file_closed';
    end if;
    return new;
end
$closed$;
create function tenant.refuse_leaving_closed() returns trigger language plpgsql set search_path = '' as $leaving$
begin
    if exists (select from tenant.case_files where id = old.case_file_id and closed_on is not null) then
        raise exception 'case file is closed' using errcode = '23514', constraint = 'case_file_closed';
    end if;
    return new;
end
$leaving$;
create trigger documents_leave before update of case_file_id on tenant.documents
    for each row execute function tenant.refuse_leaving_closed();
create trigger documents_closed before insert or update on tenant.documents
    for each row execute function tenant.refuse_closed();

create trigger case_postings_closed before insert or update on tenant.case_postings
    for each row execute function tenant.refuse_closed();

create function tenant.keep_closed() returns trigger language plpgsql set search_path = '' as $kept$
begin
    if old.closed_on is not null then
        raise exception 'case file is closed' using errcode = '23514', constraint = 'case_file_closed';
    end if;
    return new;
end
$kept$;
create trigger case_files_kept before update on tenant.case_files
    for each row execute function tenant.keep_closed();
