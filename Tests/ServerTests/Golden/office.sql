CREATE SCHEMA tenant;

CREATE FUNCTION tenant.check_balance() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
    entry uuid;
    lines int;
    off_balance int;
    difference bigint;
begin
    if tg_table_name = 'entries' then entry := new.id; else entry := new.entry_id; end if;
    select count(*), count(*) filter (where left(account, 1) = '9'), coalesce(sum(debit) - sum(credit), 0)
    into lines, off_balance, difference
    from tenant.entry_lines where entry_id = entry;
    if lines < 2 or difference <> 0 then
        raise exception 'entry does not balance' using errcode = '23514', constraint = 'entries_balance';
    end if;
    if off_balance not in (0, lines) then
        raise exception 'off-balance account against another' using errcode = '23514', constraint = 'entries_off_balance';
    end if;
    return null;
end
$$;

CREATE FUNCTION tenant.check_line() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
    if not exists (
        select from tenant.entries e
        where e.id = new.entry_id and e.year = new.year and e.number = new.number and e.xmin::text = pg_current_xact_id()::xid::text
    ) then
        raise exception 'entry stands already' using errcode = '23514', constraint = 'entries_append_only';
    end if;
    return new;
end
$$;

CREATE FUNCTION tenant.check_period() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
    locked date;
begin
    -- Waits for whoever is locking the period just now.
    select locked_until into locked from tenant.book_locks for share;
    if locked >= new.booked_on then
        raise exception 'period is locked' using errcode = '23514', constraint = 'entries_period';
    end if;
    if new.booked_on > (new.booked_at at time zone 'Europe/Prague')::date then
        raise exception 'day has not come' using errcode = '23514', constraint = 'entries_future';
    end if;
    if exists (select from tenant.entries e where e.id = new.reverses and e.booked_on > new.booked_on) then
        raise exception 'reversal before its entry' using errcode = '23514', constraint = 'entries_reversal_day';
    end if;
    return new;
end
$$;

CREATE FUNCTION tenant.keep_closed() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
    if old.closed_on is not null
        and (new.closed_on is not null or to_jsonb(new) - 'closed_on' <> to_jsonb(old) - 'closed_on')
    then
        raise exception 'case file is closed' using errcode = '23514', constraint = 'case_file_closed';
    end if;
    return new;
end
$$;

CREATE FUNCTION tenant.keep_files() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
    if exists (select from tenant.notices where id = coalesce(new.notice_id, old.notice_id) and posted_on is not null) then
        raise exception 'notice hangs' using errcode = '23514', constraint = 'notice_posted';
    end if;
    return coalesce(new, old);
end
$$;

CREATE FUNCTION tenant.keep_head() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
    perform from tenant.office for no key update;
    if not exists (select from tenant.clerks where is_active and 'head' = any (roles)) then
        raise exception 'the last head' using errcode = '23514', constraint = 'clerks_last_head';
    end if;
    return null;
end
$$;

CREATE FUNCTION tenant.keep_posted() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
    if old.posted_on is not null and (
        new.title, new.kind, new.body, new.reference_number, new.posted_on, new.hangs_until, new.event_on,
        new.case_file_id, new.revises, new.discarded_at, new.collection_code, new.posted_at
    ) is distinct from (
        old.title, old.kind, old.body, old.reference_number, old.posted_on, old.hangs_until, old.event_on,
        old.case_file_id, old.revises, old.discarded_at, old.collection_code, old.posted_at
    ) then
        raise exception 'notice hangs' using errcode = '23514', constraint = 'notice_posted';
    end if;
    if old.taken_down_on is not null then
        raise exception 'notice was taken down' using errcode = '23514', constraint = 'notice_posted';
    end if;
    return new;
end
$$;

CREATE FUNCTION tenant.record(p_act text, p_object_kind text, p_object_id uuid, p_detail text) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
    head record;
    entry_at timestamptz := clock_timestamp();
    entry_actor text := current_setting('epom.actor');
    entry_number bigint;
    entry_link bytea;
begin
    select number, link into strict head from tenant.log_head for update;
    entry_number := head.number + 1;
    entry_link := sha256(
        head.link
        || int4send(8) || int8send(entry_number)
        || int4send(8) || int8send((extract(epoch from entry_at) * 1000000)::bigint)
        || int4send(octet_length(convert_to(entry_actor, 'UTF8'))) || convert_to(entry_actor, 'UTF8')
        || int4send(octet_length(convert_to(p_act, 'UTF8'))) || convert_to(p_act, 'UTF8')
        || int4send(octet_length(convert_to(p_object_kind, 'UTF8'))) || convert_to(p_object_kind, 'UTF8')
        || int4send(16) || uuid_send(p_object_id)
        || int4send(octet_length(convert_to(p_detail, 'UTF8'))) || convert_to(p_detail, 'UTF8')
    );
    insert into tenant.log_entries (number, at, actor, act, object_kind, object_id, detail, link)
    values (entry_number, entry_at, entry_actor, p_act, p_object_kind, p_object_id, p_detail, entry_link);
    update tenant.log_head set number = entry_number, link = entry_link;
    return entry_number;
end
$$;

CREATE FUNCTION tenant.refuse_closed() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
    closed date;
begin
    select closed_on into closed from tenant.case_files where id = new.case_file_id for share;
    if closed is not null then
        raise exception 'case file is closed' using errcode = '23514', constraint = 'case_file_closed';
    end if;
    return new;
end
$$;

CREATE FUNCTION tenant.refuse_leaving_closed() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
    if exists (select from tenant.case_files where id = old.case_file_id and closed_on is not null) then
        raise exception 'case file is closed' using errcode = '23514', constraint = 'case_file_closed';
    end if;
    return new;
end
$$;

CREATE FUNCTION tenant.require_permission(p_user uuid, p_permission text) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
    if not exists (
        select from tenant.clerks c
        join codes.role_permissions p on p.role = any (c.roles)
        where c.user_id = p_user and c.is_active and p.permission = p_permission
    ) then
        raise exception 'no permission %', p_permission
            using errcode = '42501', constraint = 'clerk_permission';
    end if;
end
$$;

CREATE TABLE tenant.accounts (
    code text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    CONSTRAINT accounts_code CHECK ((code ~ '^[0-9]{3}(\.[0-9]{1,6})?$'::text)),
    CONSTRAINT accounts_name CHECK (((length(name) >= 2) AND (length(name) <= 200)))
);

CREATE TABLE tenant.board_revision (
    is_this boolean DEFAULT true NOT NULL,
    revision bigint DEFAULT 0 NOT NULL,
    changed_at timestamp with time zone,
    CONSTRAINT board_revision_is_this_check CHECK (is_this)
);

CREATE TABLE tenant.book_locks (
    is_this boolean DEFAULT true NOT NULL,
    locked_until date NOT NULL,
    CONSTRAINT book_locks_is_this_check CHECK (is_this)
);

CREATE TABLE tenant.case_files (
    id uuid NOT NULL,
    mark text NOT NULL,
    title text NOT NULL,
    service_code text DEFAULT ''::text NOT NULL,
    regime text NOT NULL,
    plan_code text,
    opened_on date NOT NULL,
    due_on date,
    due_law text DEFAULT ''::text NOT NULL,
    assignee uuid,
    taken_on date,
    routing text NOT NULL,
    submission_id uuid,
    hop integer DEFAULT 0 NOT NULL,
    referred_from text,
    referred_to text,
    submission_code text,
    confirmation text DEFAULT 'none'::text NOT NULL,
    confirm_by date,
    confirmed_by text,
    settled_on date,
    settled_how text,
    closed_on date,
    paused_on date,
    paused_days integer DEFAULT 0 NOT NULL,
    extended_on date,
    extended_days integer DEFAULT 0 NOT NULL,
    extended_why text DEFAULT ''::text NOT NULL,
    fee_id uuid,
    ordinal integer DEFAULT 0 NOT NULL,
    confirmed_on date,
    draft_kind text,
    draft_subject text,
    draft_text text,
    CONSTRAINT case_files_closed CHECK (((closed_on IS NULL) OR (settled_on IS NOT NULL)))
);

CREATE TABLE tenant.case_postings (
    notice_id uuid NOT NULL,
    case_file_id uuid NOT NULL,
    title text NOT NULL,
    posted_on date NOT NULL,
    taken_down_on date,
    early_reason text
);

CREATE TABLE tenant.checklist (
    step text NOT NULL,
    done_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    done_by uuid NOT NULL,
    undone_at timestamp with time zone
);

CREATE TABLE tenant.clerks (
    user_id uuid NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    function_title text DEFAULT ''::text NOT NULL,
    roles text[] NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    away_from date,
    away_until date,
    substitute_id uuid,
    since timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT clerks_absence CHECK (((away_until IS NULL) OR (away_from <= away_until))),
    CONSTRAINT clerks_own_substitute CHECK ((substitute_id IS DISTINCT FROM user_id))
);

CREATE TABLE tenant.components (
    document_id uuid NOT NULL,
    "position" integer NOT NULL,
    digest text NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    bytes bigint NOT NULL,
    CONSTRAINT components_digest CHECK ((digest ~ '^[0-9a-f]{64}$'::text))
);

CREATE TABLE tenant.documents (
    id uuid NOT NULL,
    case_file_id uuid NOT NULL,
    year integer NOT NULL,
    number integer NOT NULL,
    preceding integer,
    identifier text NOT NULL,
    reference_number text NOT NULL,
    direction text NOT NULL,
    subject text NOT NULL,
    sender_id uuid,
    channel text NOT NULL,
    received_at timestamp with time zone NOT NULL,
    sheets integer,
    paper_attachments integer,
    other_attachments text DEFAULT ''::text NOT NULL,
    sender_reference text DEFAULT ''::text NOT NULL,
    is_secret boolean DEFAULT false NOT NULL,
    kind text DEFAULT ''::text NOT NULL,
    dispatched_on date,
    dispatched_by text,
    notice_id uuid,
    returned_on date,
    returned_why text DEFAULT ''::text NOT NULL,
    delivered_on date,
    delivered_by text,
    delivery_proof text,
    author uuid,
    answers text DEFAULT '{}'::text NOT NULL,
    searched tsvector NOT NULL,
    cancelled_on date,
    final_on date,
    final_by text,
    sent_to text,
    abandoned_on date,
    abandoned_why text,
    issued_on date,
    final_proof text,
    CONSTRAINT documents_abandoned CHECK (((abandoned_on IS NULL) OR ((abandoned_why IS NOT NULL) AND (delivered_on IS NULL) AND ((dispatched_on IS NULL) OR (returned_on IS NOT NULL))))),
    CONSTRAINT documents_cancelled CHECK (((cancelled_on IS NULL) OR (dispatched_on IS NULL))),
    CONSTRAINT documents_delivery CHECK (((delivered_on IS NULL) OR (dispatched_on <= delivered_on))),
    CONSTRAINT documents_direction_check CHECK ((direction = ANY (ARRAY['incoming'::text, 'outgoing'::text]))),
    CONSTRAINT documents_email CHECK (((dispatched_by IS DISTINCT FROM 'email'::text) OR ((sent_to IS NOT NULL) AND (kind = ANY (ARRAY['information'::text, 'notice'::text, 'setAside'::text, 'referral'::text]))))),
    CONSTRAINT documents_gapless CHECK (((number > 0) AND (NOT (preceding IS DISTINCT FROM NULLIF((number - 1), 0))))),
    CONSTRAINT documents_paper_attachments_check CHECK (((paper_attachments >= 0) AND (paper_attachments <= 100000))),
    CONSTRAINT documents_sheets_check CHECK (((sheets >= 0) AND (sheets <= 100000)))
);

CREATE TABLE tenant.entries (
    id uuid NOT NULL,
    year integer NOT NULL,
    number integer NOT NULL,
    booked_on date NOT NULL,
    text text NOT NULL,
    document text DEFAULT ''::text NOT NULL,
    party text DEFAULT ''::text NOT NULL,
    receivable_id uuid,
    reverses uuid,
    booked_by text NOT NULL,
    booked_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    answered_by text,
    CONSTRAINT entries_document_check CHECK ((length(document) <= 60)),
    CONSTRAINT entries_party_check CHECK ((length(party) <= 200)),
    CONSTRAINT entries_text_check CHECK (((length(text) >= 3) AND (length(text) <= 300))),
    CONSTRAINT entries_year CHECK ((EXTRACT(year FROM booked_on) = (year)::numeric))
);

CREATE TABLE tenant.entry_counters (
    year integer NOT NULL,
    last integer NOT NULL,
    CONSTRAINT entry_counters_last_check CHECK ((last > 0))
);

CREATE TABLE tenant.entry_lines (
    entry_id uuid NOT NULL,
    "position" integer NOT NULL,
    year integer NOT NULL,
    number integer NOT NULL,
    account text NOT NULL,
    debit bigint DEFAULT 0 NOT NULL,
    credit bigint DEFAULT 0 NOT NULL,
    paragraph text DEFAULT ''::text NOT NULL,
    item text DEFAULT ''::text NOT NULL,
    CONSTRAINT entry_lines_budget CHECK (((paragraph ~ '^([0-9]{4})?$'::text) AND (item ~ '^([0-9]{4})?$'::text))),
    CONSTRAINT entry_lines_cash CHECK ((((paragraph = ''::text) AND (item = ''::text)) OR (account ~ '^(231|236|261)'::text))),
    CONSTRAINT entry_lines_credit_check CHECK ((credit >= 0)),
    CONSTRAINT entry_lines_debit_check CHECK ((debit >= 0)),
    CONSTRAINT entry_lines_side CHECK (((debit = 0) <> (credit = 0)))
);

CREATE TABLE tenant.form_switches (
    id uuid NOT NULL,
    code text NOT NULL,
    digest bytea NOT NULL,
    is_on boolean NOT NULL,
    switched_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    switched_by uuid,
    switched_as text DEFAULT ''::text NOT NULL
);

CREATE TABLE tenant.form_versions (
    digest bytea NOT NULL,
    code text NOT NULL,
    version integer NOT NULL,
    definition bytea NOT NULL,
    published_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    published_by uuid,
    CONSTRAINT form_versions_digest CHECK ((digest = sha256(definition))),
    CONSTRAINT form_versions_version CHECK ((version > 0))
);

CREATE TABLE tenant.inbox (
    message_id uuid NOT NULL,
    kind text NOT NULL,
    taken_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE tenant.log_entries (
    number bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    actor text NOT NULL,
    act text NOT NULL,
    object_kind text NOT NULL,
    object_id uuid NOT NULL,
    detail text NOT NULL,
    link bytea NOT NULL
);

CREATE TABLE tenant.log_head (
    is_this boolean DEFAULT true NOT NULL,
    number bigint NOT NULL,
    link bytea NOT NULL,
    CONSTRAINT log_head_is_this_check CHECK (is_this)
);

CREATE TABLE tenant.notice_categories (
    "position" integer NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    kinds text[] NOT NULL
);

CREATE TABLE tenant.notice_files (
    notice_id uuid NOT NULL,
    "position" integer NOT NULL,
    digest text NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    bytes bigint NOT NULL
);

CREATE TABLE tenant.notices (
    id uuid NOT NULL,
    title text NOT NULL,
    kind text NOT NULL,
    body text DEFAULT ''::text NOT NULL,
    reference_number text DEFAULT ''::text NOT NULL,
    case_file_id uuid,
    event_on date,
    collection_code text DEFAULT ''::text NOT NULL,
    drafted_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    drafted_by text DEFAULT ''::text NOT NULL,
    discarded_at timestamp with time zone,
    revises uuid,
    posted_on date,
    posted_by text,
    hangs_until date,
    taken_down_on date,
    taken_down_by text,
    early_reason text,
    served_before_on date,
    posted_at timestamp with time zone,
    origin text,
    CONSTRAINT notices_collection CHECK ((collection_code ~ '^(SPP[0-9A-Z]{4,30})?$'::text)),
    CONSTRAINT notices_order CHECK (((hangs_until >= posted_on) AND (taken_down_on >= posted_on))),
    CONSTRAINT notices_posted CHECK (((posted_on IS NULL) OR (discarded_at IS NULL))),
    CONSTRAINT notices_title_check CHECK (((length(title) >= 3) AND (length(title) <= 300)))
);

CREATE TABLE tenant.office (
    is_this boolean DEFAULT true NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    abbreviation text NOT NULL,
    ico text,
    street text DEFAULT ''::text NOT NULL,
    place text DEFAULT ''::text NOT NULL,
    postcode text DEFAULT ''::text NOT NULL,
    hours text DEFAULT ''::text NOT NULL,
    email text DEFAULT ''::text NOT NULL,
    phone text DEFAULT ''::text NOT NULL,
    data_box text DEFAULT ''::text NOT NULL,
    accepted_formats text DEFAULT ''::text NOT NULL,
    carriers text DEFAULT ''::text NOT NULL,
    bank_account text DEFAULT ''::text NOT NULL,
    accent text DEFAULT 'blue'::text NOT NULL,
    arms_digest bytea,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT office_abbreviation_check CHECK ((abbreviation ~ '^[A-Z0-9]{2,12}$'::text)),
    CONSTRAINT office_is_this_check CHECK (is_this)
);

CREATE TABLE tenant.plan_entries (
    code text NOT NULL,
    parent text,
    title text NOT NULL,
    disposal_sign text,
    retention_years integer,
    trigger text DEFAULT ''::text NOT NULL,
    CONSTRAINT plan_entries_regime CHECK (((disposal_sign IS NULL) = (retention_years IS NULL))),
    CONSTRAINT plan_entries_sign CHECK ((disposal_sign = ANY (ARRAY['A'::text, 'S'::text])))
);

CREATE TABLE tenant.receivables (
    id uuid NOT NULL,
    kind text NOT NULL,
    payer text NOT NULL,
    amount bigint NOT NULL,
    due_on date NOT NULL,
    variable_symbol text NOT NULL,
    reference_number text NOT NULL,
    document_id uuid,
    entry_id uuid NOT NULL,
    paid bigint DEFAULT 0 NOT NULL,
    cancelled_by_entry uuid,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT receivables_amount_check CHECK ((amount > 0)),
    CONSTRAINT receivables_overpaid CHECK (((paid >= 0) AND (paid <= amount)))
);

CREATE TABLE tenant.register_counters (
    year integer NOT NULL,
    last integer NOT NULL,
    CONSTRAINT register_counters_last_check CHECK ((last > 0))
);

CREATE TABLE tenant.routing_rules (
    service text NOT NULL,
    role text NOT NULL,
    clerk_id uuid,
    plan_code text,
    note text DEFAULT ''::text NOT NULL
);

CREATE TABLE tenant.senders (
    id uuid NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    birth_date date,
    ico text,
    address text DEFAULT ''::text NOT NULL,
    email text DEFAULT ''::text NOT NULL,
    phone text DEFAULT ''::text NOT NULL,
    data_box text DEFAULT ''::text NOT NULL,
    fingerprint text NOT NULL,
    searched tsvector DEFAULT ''::tsvector NOT NULL
);

ALTER TABLE ONLY tenant.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (code);

ALTER TABLE ONLY tenant.board_revision
    ADD CONSTRAINT board_revision_pkey PRIMARY KEY (is_this);

ALTER TABLE ONLY tenant.book_locks
    ADD CONSTRAINT book_locks_pkey PRIMARY KEY (is_this);

ALTER TABLE ONLY tenant.case_files
    ADD CONSTRAINT case_files_mark UNIQUE (mark);

ALTER TABLE ONLY tenant.case_files
    ADD CONSTRAINT case_files_pkey PRIMARY KEY (id);

ALTER TABLE ONLY tenant.case_files
    ADD CONSTRAINT case_files_submission UNIQUE (submission_id, hop);

ALTER TABLE ONLY tenant.case_postings
    ADD CONSTRAINT case_postings_pkey PRIMARY KEY (notice_id);

ALTER TABLE ONLY tenant.checklist
    ADD CONSTRAINT checklist_pkey PRIMARY KEY (step);

ALTER TABLE ONLY tenant.clerks
    ADD CONSTRAINT clerks_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY tenant.components
    ADD CONSTRAINT components_pkey PRIMARY KEY (document_id, "position");

ALTER TABLE ONLY tenant.documents
    ADD CONSTRAINT documents_number UNIQUE (year, number);

ALTER TABLE ONLY tenant.documents
    ADD CONSTRAINT documents_pkey PRIMARY KEY (id);

ALTER TABLE ONLY tenant.entries
    ADD CONSTRAINT entries_number UNIQUE (year, number);

ALTER TABLE ONLY tenant.entries
    ADD CONSTRAINT entries_pkey PRIMARY KEY (id);

ALTER TABLE ONLY tenant.entries
    ADD CONSTRAINT entries_reversed_once UNIQUE (reverses);

ALTER TABLE ONLY tenant.entry_counters
    ADD CONSTRAINT entry_counters_pkey PRIMARY KEY (year);

ALTER TABLE ONLY tenant.entry_lines
    ADD CONSTRAINT entry_lines_pkey PRIMARY KEY (entry_id, "position");

ALTER TABLE ONLY tenant.form_switches
    ADD CONSTRAINT form_switches_pkey PRIMARY KEY (id);

ALTER TABLE ONLY tenant.form_versions
    ADD CONSTRAINT form_versions_number UNIQUE (code, version);

ALTER TABLE ONLY tenant.form_versions
    ADD CONSTRAINT form_versions_pkey PRIMARY KEY (digest);

ALTER TABLE ONLY tenant.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (message_id);

ALTER TABLE ONLY tenant.log_entries
    ADD CONSTRAINT log_entries_pkey PRIMARY KEY (number);

ALTER TABLE ONLY tenant.log_head
    ADD CONSTRAINT log_head_pkey PRIMARY KEY (is_this);

ALTER TABLE ONLY tenant.notice_categories
    ADD CONSTRAINT notice_categories_pkey PRIMARY KEY ("position");

ALTER TABLE ONLY tenant.notice_files
    ADD CONSTRAINT notice_files_pkey PRIMARY KEY (notice_id, "position");

ALTER TABLE ONLY tenant.notices
    ADD CONSTRAINT notices_pkey PRIMARY KEY (id);

ALTER TABLE ONLY tenant.office
    ADD CONSTRAINT office_pkey PRIMARY KEY (is_this);

ALTER TABLE ONLY tenant.plan_entries
    ADD CONSTRAINT plan_entries_pkey PRIMARY KEY (code);

ALTER TABLE ONLY tenant.receivables
    ADD CONSTRAINT receivables_pkey PRIMARY KEY (id);

ALTER TABLE ONLY tenant.receivables
    ADD CONSTRAINT receivables_symbol UNIQUE (variable_symbol);

ALTER TABLE ONLY tenant.register_counters
    ADD CONSTRAINT register_counters_pkey PRIMARY KEY (year);

ALTER TABLE ONLY tenant.routing_rules
    ADD CONSTRAINT routing_rules_pkey PRIMARY KEY (service);

ALTER TABLE ONLY tenant.senders
    ADD CONSTRAINT senders_once UNIQUE (fingerprint);

ALTER TABLE ONLY tenant.senders
    ADD CONSTRAINT senders_pkey PRIMARY KEY (id);

CREATE INDEX case_files_desk ON tenant.case_files USING btree (assignee, COALESCE(due_on, 'infinity'::date), id) WHERE (settled_on IS NULL);

CREATE INDEX case_files_open ON tenant.case_files USING btree (COALESCE(due_on, 'infinity'::date), id) WHERE (settled_on IS NULL);

CREATE INDEX case_files_put_away ON tenant.case_files USING btree (closed_on DESC, id DESC) WHERE (closed_on IS NOT NULL);

CREATE INDEX case_files_regime ON tenant.case_files USING btree (regime, COALESCE(due_on, 'infinity'::date), id) WHERE (settled_on IS NULL);

CREATE INDEX case_files_to_close ON tenant.case_files USING btree (settled_on, id) WHERE ((settled_on IS NOT NULL) AND (closed_on IS NULL));

CREATE INDEX case_files_unassigned ON tenant.case_files USING btree (COALESCE(due_on, 'infinity'::date), id) WHERE ((settled_on IS NULL) AND (assignee IS NULL));

CREATE INDEX case_files_unconfirmed ON tenant.case_files USING btree (COALESCE(confirm_by, 'infinity'::date), id) WHERE ((settled_on IS NULL) AND (confirm_by IS NOT NULL) AND (confirmed_by IS NULL));

CREATE INDEX case_postings_case_file ON tenant.case_postings USING btree (case_file_id);

CREATE INDEX documents_case_file ON tenant.documents USING btree (case_file_id, year, number);

CREATE INDEX documents_incoming ON tenant.documents USING btree (year, number) WHERE (direction = 'incoming'::text);

CREATE INDEX documents_notice ON tenant.documents USING btree (notice_id) WHERE (notice_id IS NOT NULL);

CREATE INDEX documents_outgoing ON tenant.documents USING btree (year, number) WHERE (direction = 'outgoing'::text);

CREATE INDEX documents_searched ON tenant.documents USING gin (searched);

CREATE INDEX documents_sender ON tenant.documents USING btree (sender_id, year, number) WHERE (sender_id IS NOT NULL);

CREATE INDEX entries_receivable ON tenant.entries USING btree (receivable_id) WHERE (receivable_id IS NOT NULL);

CREATE INDEX entry_lines_account ON tenant.entry_lines USING btree (account, year, number, "position");

CREATE INDEX log_entries_object ON tenant.log_entries USING btree (object_id, number);

CREATE INDEX notices_drafts ON tenant.notices USING btree (id DESC) WHERE ((posted_on IS NULL) AND (discarded_at IS NULL));

CREATE INDEX notices_hanging ON tenant.notices USING btree (posted_on DESC, id DESC) WHERE ((posted_on IS NOT NULL) AND (taken_down_on IS NULL));

CREATE INDEX notices_posted_order ON tenant.notices USING btree (posted_on DESC, id DESC) WHERE (posted_on IS NOT NULL);

CREATE INDEX notices_revises ON tenant.notices USING btree (revises) WHERE (revises IS NOT NULL);

CREATE INDEX receivables_due ON tenant.receivables USING btree (due_on DESC, id DESC);

CREATE INDEX receivables_open ON tenant.receivables USING btree (due_on, id) WHERE ((paid < amount) AND (cancelled_by_entry IS NULL));

CREATE INDEX senders_searched ON tenant.senders USING gin (searched);

CREATE TRIGGER case_files_kept BEFORE UPDATE ON tenant.case_files FOR EACH ROW EXECUTE FUNCTION tenant.keep_closed();

CREATE TRIGGER case_postings_closed BEFORE INSERT OR UPDATE ON tenant.case_postings FOR EACH ROW EXECUTE FUNCTION tenant.refuse_closed();

CREATE TRIGGER clerks_head_changed AFTER UPDATE ON tenant.clerks FOR EACH ROW WHEN ((old.is_active AND ('head'::text = ANY (old.roles)) AND (NOT (new.is_active AND ('head'::text = ANY (new.roles)))))) EXECUTE FUNCTION tenant.keep_head();

CREATE TRIGGER clerks_head_deleted AFTER DELETE ON tenant.clerks FOR EACH ROW WHEN ((old.is_active AND ('head'::text = ANY (old.roles)))) EXECUTE FUNCTION tenant.keep_head();

CREATE TRIGGER documents_closed BEFORE INSERT OR UPDATE ON tenant.documents FOR EACH ROW EXECUTE FUNCTION tenant.refuse_closed();

CREATE TRIGGER documents_leave BEFORE UPDATE OF case_file_id ON tenant.documents FOR EACH ROW EXECUTE FUNCTION tenant.refuse_leaving_closed();

CREATE CONSTRAINT TRIGGER entries_balance AFTER INSERT ON tenant.entries DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION tenant.check_balance();

CREATE TRIGGER entries_period BEFORE INSERT ON tenant.entries FOR EACH ROW EXECUTE FUNCTION tenant.check_period();

CREATE CONSTRAINT TRIGGER entry_lines_balance AFTER INSERT ON tenant.entry_lines DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION tenant.check_balance();

CREATE TRIGGER entry_lines_fresh BEFORE INSERT ON tenant.entry_lines FOR EACH ROW EXECUTE FUNCTION tenant.check_line();

CREATE TRIGGER notice_files_kept BEFORE INSERT OR DELETE OR UPDATE ON tenant.notice_files FOR EACH ROW EXECUTE FUNCTION tenant.keep_files();

CREATE TRIGGER notices_kept BEFORE UPDATE ON tenant.notices FOR EACH ROW EXECUTE FUNCTION tenant.keep_posted();

ALTER TABLE ONLY tenant.case_files
    ADD CONSTRAINT case_files_plan_code_fkey FOREIGN KEY (plan_code) REFERENCES tenant.plan_entries(code);

ALTER TABLE ONLY tenant.case_postings
    ADD CONSTRAINT case_postings_case_file_id_fkey FOREIGN KEY (case_file_id) REFERENCES tenant.case_files(id);

ALTER TABLE ONLY tenant.clerks
    ADD CONSTRAINT clerks_substitute_id_fkey FOREIGN KEY (substitute_id) REFERENCES tenant.clerks(user_id);

ALTER TABLE ONLY tenant.components
    ADD CONSTRAINT components_document_id_fkey FOREIGN KEY (document_id) REFERENCES tenant.documents(id);

ALTER TABLE ONLY tenant.documents
    ADD CONSTRAINT documents_case_file_id_fkey FOREIGN KEY (case_file_id) REFERENCES tenant.case_files(id);

ALTER TABLE ONLY tenant.documents
    ADD CONSTRAINT documents_preceding FOREIGN KEY (year, preceding) REFERENCES tenant.documents(year, number);

ALTER TABLE ONLY tenant.documents
    ADD CONSTRAINT documents_sender_id_fkey FOREIGN KEY (sender_id) REFERENCES tenant.senders(id);

ALTER TABLE ONLY tenant.entries
    ADD CONSTRAINT entries_receivable FOREIGN KEY (receivable_id) REFERENCES tenant.receivables(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY tenant.entries
    ADD CONSTRAINT entries_reverses_fkey FOREIGN KEY (reverses) REFERENCES tenant.entries(id);

ALTER TABLE ONLY tenant.entry_lines
    ADD CONSTRAINT entry_lines_account FOREIGN KEY (account) REFERENCES tenant.accounts(code);

ALTER TABLE ONLY tenant.entry_lines
    ADD CONSTRAINT entry_lines_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES tenant.entries(id);

ALTER TABLE ONLY tenant.form_switches
    ADD CONSTRAINT form_switches_digest_fkey FOREIGN KEY (digest) REFERENCES tenant.form_versions(digest);

ALTER TABLE ONLY tenant.notice_files
    ADD CONSTRAINT notice_files_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES tenant.notices(id);

ALTER TABLE ONLY tenant.notices
    ADD CONSTRAINT notices_revises_fkey FOREIGN KEY (revises) REFERENCES tenant.notices(id);

ALTER TABLE ONLY tenant.receivables
    ADD CONSTRAINT receivables_cancelled_by_entry_fkey FOREIGN KEY (cancelled_by_entry) REFERENCES tenant.entries(id);

ALTER TABLE ONLY tenant.receivables
    ADD CONSTRAINT receivables_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES tenant.entries(id);

ALTER TABLE ONLY tenant.routing_rules
    ADD CONSTRAINT routing_rules_plan_code_fkey FOREIGN KEY (plan_code) REFERENCES tenant.plan_entries(code);

GRANT USAGE ON SCHEMA tenant TO tenant;

GRANT ALL ON FUNCTION tenant.check_balance() TO tenant;

GRANT ALL ON FUNCTION tenant.check_line() TO tenant;

GRANT ALL ON FUNCTION tenant.check_period() TO tenant;

GRANT ALL ON FUNCTION tenant.keep_closed() TO tenant;

GRANT ALL ON FUNCTION tenant.keep_files() TO tenant;

REVOKE ALL ON FUNCTION tenant.keep_head() FROM PUBLIC;
GRANT ALL ON FUNCTION tenant.keep_head() TO tenant;

GRANT ALL ON FUNCTION tenant.keep_posted() TO tenant;

REVOKE ALL ON FUNCTION tenant.record(p_act text, p_object_kind text, p_object_id uuid, p_detail text) FROM PUBLIC;
GRANT ALL ON FUNCTION tenant.record(p_act text, p_object_kind text, p_object_id uuid, p_detail text) TO tenant;

GRANT ALL ON FUNCTION tenant.refuse_closed() TO tenant;

GRANT ALL ON FUNCTION tenant.refuse_leaving_closed() TO tenant;

REVOKE ALL ON FUNCTION tenant.require_permission(p_user uuid, p_permission text) FROM PUBLIC;
GRANT ALL ON FUNCTION tenant.require_permission(p_user uuid, p_permission text) TO tenant;

GRANT SELECT,INSERT ON TABLE tenant.accounts TO tenant;

GRANT SELECT ON TABLE tenant.board_revision TO tenant;

GRANT UPDATE(revision) ON TABLE tenant.board_revision TO tenant;

GRANT UPDATE(changed_at) ON TABLE tenant.board_revision TO tenant;

GRANT SELECT ON TABLE tenant.book_locks TO tenant;

GRANT UPDATE(locked_until) ON TABLE tenant.book_locks TO tenant;

GRANT SELECT,INSERT ON TABLE tenant.case_files TO tenant;

GRANT UPDATE(title) ON TABLE tenant.case_files TO tenant;

GRANT UPDATE(service_code) ON TABLE tenant.case_files TO tenant;

GRANT UPDATE(regime) ON TABLE tenant.case_files TO tenant;

GRANT UPDATE(plan_code) ON TABLE tenant.case_files TO tenant;

GRANT UPDATE(due_on) ON TABLE tenant.case_files TO tenant;

GRANT UPDATE(due_law) ON TABLE tenant.case_files TO tenant;

GRANT UPDATE(assignee) ON TABLE tenant.case_files TO tenant;

GRANT UPDATE(taken_on) ON TABLE tenant.case_files TO tenant;

GRANT UPDATE(routing) ON TABLE tenant.case_files TO tenant;

GRANT UPDATE(referred_to) ON TABLE tenant.case_files TO tenant;

GRANT UPDATE(confirm_by) ON TABLE tenant.case_files TO tenant;

GRANT UPDATE(confirmed_by) ON TABLE tenant.case_files TO tenant;

GRANT UPDATE(settled_on) ON TABLE tenant.case_files TO tenant;

GRANT UPDATE(settled_how) ON TABLE tenant.case_files TO tenant;

GRANT UPDATE(closed_on) ON TABLE tenant.case_files TO tenant;

GRANT UPDATE(paused_on) ON TABLE tenant.case_files TO tenant;

GRANT UPDATE(paused_days) ON TABLE tenant.case_files TO tenant;

GRANT UPDATE(extended_on) ON TABLE tenant.case_files TO tenant;

GRANT UPDATE(extended_days) ON TABLE tenant.case_files TO tenant;

GRANT UPDATE(extended_why) ON TABLE tenant.case_files TO tenant;

GRANT UPDATE(fee_id) ON TABLE tenant.case_files TO tenant;

GRANT UPDATE(ordinal) ON TABLE tenant.case_files TO tenant;

GRANT UPDATE(confirmed_on) ON TABLE tenant.case_files TO tenant;

GRANT UPDATE(draft_kind) ON TABLE tenant.case_files TO tenant;

GRANT UPDATE(draft_subject) ON TABLE tenant.case_files TO tenant;

GRANT UPDATE(draft_text) ON TABLE tenant.case_files TO tenant;

GRANT SELECT,INSERT ON TABLE tenant.case_postings TO tenant;

GRANT UPDATE(taken_down_on) ON TABLE tenant.case_postings TO tenant;

GRANT UPDATE(early_reason) ON TABLE tenant.case_postings TO tenant;

GRANT SELECT,INSERT,UPDATE ON TABLE tenant.checklist TO tenant;

GRANT SELECT,INSERT,UPDATE ON TABLE tenant.clerks TO tenant;

GRANT SELECT,INSERT ON TABLE tenant.components TO tenant;

GRANT SELECT,INSERT ON TABLE tenant.documents TO tenant;

GRANT UPDATE(case_file_id) ON TABLE tenant.documents TO tenant;

GRANT UPDATE(is_secret) ON TABLE tenant.documents TO tenant;

GRANT UPDATE(dispatched_on) ON TABLE tenant.documents TO tenant;

GRANT UPDATE(dispatched_by) ON TABLE tenant.documents TO tenant;

GRANT UPDATE(notice_id) ON TABLE tenant.documents TO tenant;

GRANT UPDATE(returned_on) ON TABLE tenant.documents TO tenant;

GRANT UPDATE(returned_why) ON TABLE tenant.documents TO tenant;

GRANT UPDATE(delivered_on) ON TABLE tenant.documents TO tenant;

GRANT UPDATE(delivered_by) ON TABLE tenant.documents TO tenant;

GRANT UPDATE(delivery_proof) ON TABLE tenant.documents TO tenant;

GRANT UPDATE(cancelled_on) ON TABLE tenant.documents TO tenant;

GRANT UPDATE(final_on) ON TABLE tenant.documents TO tenant;

GRANT UPDATE(final_by) ON TABLE tenant.documents TO tenant;

GRANT UPDATE(sent_to) ON TABLE tenant.documents TO tenant;

GRANT UPDATE(abandoned_on) ON TABLE tenant.documents TO tenant;

GRANT UPDATE(abandoned_why) ON TABLE tenant.documents TO tenant;

GRANT UPDATE(issued_on) ON TABLE tenant.documents TO tenant;

GRANT UPDATE(final_proof) ON TABLE tenant.documents TO tenant;

GRANT SELECT,INSERT ON TABLE tenant.entries TO tenant;

GRANT SELECT,INSERT ON TABLE tenant.entry_counters TO tenant;

GRANT UPDATE(last) ON TABLE tenant.entry_counters TO tenant;

GRANT SELECT,INSERT ON TABLE tenant.entry_lines TO tenant;

GRANT SELECT,INSERT ON TABLE tenant.form_switches TO tenant;

GRANT SELECT,INSERT ON TABLE tenant.form_versions TO tenant;

GRANT SELECT,INSERT ON TABLE tenant.inbox TO tenant;

GRANT SELECT,INSERT ON TABLE tenant.log_entries TO tenant;

GRANT SELECT ON TABLE tenant.log_head TO tenant;

GRANT UPDATE(number) ON TABLE tenant.log_head TO tenant;

GRANT UPDATE(link) ON TABLE tenant.log_head TO tenant;

GRANT SELECT ON TABLE tenant.notice_categories TO tenant;

GRANT SELECT,INSERT,DELETE ON TABLE tenant.notice_files TO tenant;

GRANT SELECT,INSERT ON TABLE tenant.notices TO tenant;

GRANT UPDATE(title) ON TABLE tenant.notices TO tenant;

GRANT UPDATE(kind) ON TABLE tenant.notices TO tenant;

GRANT UPDATE(body) ON TABLE tenant.notices TO tenant;

GRANT UPDATE(reference_number) ON TABLE tenant.notices TO tenant;

GRANT UPDATE(case_file_id) ON TABLE tenant.notices TO tenant;

GRANT UPDATE(event_on) ON TABLE tenant.notices TO tenant;

GRANT UPDATE(collection_code) ON TABLE tenant.notices TO tenant;

GRANT UPDATE(discarded_at) ON TABLE tenant.notices TO tenant;

GRANT UPDATE(posted_on) ON TABLE tenant.notices TO tenant;

GRANT UPDATE(posted_by) ON TABLE tenant.notices TO tenant;

GRANT UPDATE(hangs_until) ON TABLE tenant.notices TO tenant;

GRANT UPDATE(taken_down_on) ON TABLE tenant.notices TO tenant;

GRANT UPDATE(taken_down_by) ON TABLE tenant.notices TO tenant;

GRANT UPDATE(early_reason) ON TABLE tenant.notices TO tenant;

GRANT UPDATE(served_before_on) ON TABLE tenant.notices TO tenant;

GRANT UPDATE(posted_at) ON TABLE tenant.notices TO tenant;

GRANT SELECT,UPDATE ON TABLE tenant.office TO tenant;

GRANT SELECT ON TABLE tenant.plan_entries TO tenant;

GRANT SELECT,INSERT ON TABLE tenant.receivables TO tenant;

GRANT UPDATE(paid) ON TABLE tenant.receivables TO tenant;

GRANT UPDATE(cancelled_by_entry) ON TABLE tenant.receivables TO tenant;

GRANT SELECT,INSERT ON TABLE tenant.register_counters TO tenant;

GRANT UPDATE(last) ON TABLE tenant.register_counters TO tenant;

GRANT SELECT,INSERT,UPDATE ON TABLE tenant.routing_rules TO tenant;

GRANT SELECT,INSERT ON TABLE tenant.senders TO tenant;

GRANT UPDATE(address) ON TABLE tenant.senders TO tenant;

GRANT UPDATE(email) ON TABLE tenant.senders TO tenant;

GRANT UPDATE(phone) ON TABLE tenant.senders TO tenant;

GRANT UPDATE(data_box) ON TABLE tenant.senders TO tenant;
