CREATE SCHEMA cell;

CREATE SCHEMA codes;

CREATE SCHEMA region;

CREATE SCHEMA relay;

CREATE FUNCTION region.close_delivery(p_message uuid) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
    with closed as (
        delete from relay.outbox o using region.submissions s
        where o.id = p_message and o.sender = 'epom_region' and s.id = o.subject_id
            and s.status = 'filedElsewhere' and s.reached_at is not null
        returning o.id
    )
    select exists (select from closed)
$$;

CREATE TABLE cell.data_files (
    name text NOT NULL,
    digest text NOT NULL,
    loaded_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE cell.logins (
    tenant text NOT NULL,
    shard integer NOT NULL
);

CREATE TABLE cell.migrations (
    schema_name text NOT NULL,
    folder text NOT NULL,
    number integer NOT NULL,
    name text NOT NULL,
    digest text NOT NULL,
    applied_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE cell.tenants (
    name text NOT NULL,
    rooms text[] NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT tenants_name_check CHECK ((name ~ '^(m_[0-9]{6}|k_[0-9]{2,3})$'::text))
);

CREATE TABLE codes.banks (
    code text NOT NULL,
    name text NOT NULL,
    as_of date NOT NULL
);

CREATE TABLE codes.budget_items (
    code text NOT NULL,
    name text NOT NULL,
    valid_from date NOT NULL,
    source text NOT NULL
);

CREATE TABLE codes.budget_paragraphs (
    code text NOT NULL,
    name text NOT NULL,
    valid_from date NOT NULL,
    source text NOT NULL
);

CREATE TABLE codes.role_permissions (
    role text NOT NULL,
    permission text NOT NULL
);

CREATE TABLE region.api_tokens (
    digest bytea NOT NULL,
    user_id uuid NOT NULL,
    host text NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    revoked_at timestamp with time zone
);

CREATE TABLE region.failed_attempts (
    key text NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE region.form_drafts (
    key bytea NOT NULL,
    browser bytea NOT NULL,
    host text NOT NULL,
    form_code text NOT NULL,
    form_digest bytea NOT NULL,
    answers text NOT NULL,
    files text NOT NULL,
    receipt text,
    changed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    revision integer DEFAULT 0 NOT NULL,
    marks text DEFAULT '{}'::text NOT NULL,
    CONSTRAINT form_drafts_key CHECK ((octet_length(key) = 16)),
    CONSTRAINT form_drafts_marks CHECK ((octet_length(marks) <= 1000000)),
    CONSTRAINT form_drafts_size CHECK (((octet_length(answers) <= 4000000) AND (octet_length(files) <= 100000)))
);

CREATE TABLE region.inbox (
    message_id uuid NOT NULL,
    kind text NOT NULL,
    taken_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE region.letters (
    id uuid NOT NULL,
    recipient text NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_attempt_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    sent_at timestamp with time zone,
    given_up_at timestamp with time zone,
    last_error text,
    office text
);

CREATE TABLE region.log_anchors (
    tenant text NOT NULL,
    number bigint NOT NULL,
    link bytea NOT NULL,
    noted_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT log_anchors_link_check CHECK ((octet_length(link) = 32)),
    CONSTRAINT log_anchors_number_check CHECK ((number > 0)),
    CONSTRAINT log_anchors_tenant_check CHECK ((tenant ~ '^(m_[0-9]{6}|k_[0-9]{2,3})$'::text))
);

CREATE TABLE region.offices (
    tenant text NOT NULL,
    code text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    slug text NOT NULL,
    orp_code text NOT NULL,
    orp_name text NOT NULL,
    pou_code text NOT NULL,
    pou_name text NOT NULL,
    district text NOT NULL,
    population integer NOT NULL,
    postcodes text[] NOT NULL,
    is_orp boolean NOT NULL,
    is_pou boolean NOT NULL,
    has_registry_office boolean,
    has_building_office boolean,
    is_designated boolean GENERATED ALWAYS AS (((kind = 'region'::text) OR is_orp OR is_pou OR COALESCE(has_registry_office, false) OR COALESCE(has_building_office, false))) STORED NOT NULL,
    searched text NOT NULL,
    status text DEFAULT 'village'::text NOT NULL,
    CONSTRAINT offices_kind_check CHECK ((kind = ANY (ARRAY['municipality'::text, 'region'::text]))),
    CONSTRAINT offices_status_check CHECK ((status = ANY (ARRAY['village'::text, 'marketTown'::text, 'town'::text, 'statutoryCity'::text]))),
    CONSTRAINT offices_tenant_check CHECK ((tenant ~ '^(m_[0-9]{6}|k_[0-9]{2,3})$'::text))
);

CREATE TABLE region.one_time_codes (
    digest bytea NOT NULL,
    purpose text NOT NULL,
    user_id uuid,
    email text DEFAULT ''::text NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    tenant text,
    roles text[] DEFAULT '{}'::text[] NOT NULL,
    host text DEFAULT ''::text NOT NULL,
    browser bytea,
    session bytea,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    function_title text,
    CONSTRAINT one_time_codes_purpose_check CHECK ((purpose = ANY (ARRAY['verify'::text, 'reset'::text, 'invite'::text, 'sign-in'::text])))
);

CREATE TABLE region.parts (
    code text NOT NULL,
    tenant text NOT NULL,
    name text NOT NULL,
    postcode text NOT NULL
);

CREATE TABLE region.provisioning_jobs (
    id uuid NOT NULL,
    tenant text NOT NULL,
    rooms text[] NOT NULL,
    head_email text NOT NULL,
    head_name text NOT NULL,
    requested_by uuid NOT NULL,
    requested_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    error text
);

CREATE TABLE region.services (
    code text NOT NULL,
    name text NOT NULL,
    level text NOT NULL,
    criteria text[] NOT NULL,
    regime text NOT NULL,
    confirmation text NOT NULL,
    law text NOT NULL,
    term text NOT NULL,
    fee text NOT NULL,
    note text NOT NULL,
    is_verified boolean NOT NULL,
    valid_from date NOT NULL,
    exception text DEFAULT ''::text NOT NULL,
    change text DEFAULT ''::text NOT NULL,
    checked_on date,
    checked_by text,
    words text DEFAULT ''::text NOT NULL,
    CONSTRAINT services_checked CHECK (((checked_on IS NULL) = (checked_by IS NULL)))
);

CREATE TABLE region.sessions (
    digest bytea NOT NULL,
    user_id uuid NOT NULL,
    parent bytea,
    host text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone
);

CREATE TABLE region.submission_steps (
    id uuid NOT NULL,
    submission_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    office text NOT NULL,
    status text NOT NULL,
    note text NOT NULL,
    deadline date,
    link text DEFAULT ''::text NOT NULL,
    event text
);

CREATE TABLE region.submissions (
    id uuid NOT NULL,
    code text NOT NULL,
    secret_digest bytea NOT NULL,
    host text NOT NULL,
    idempotency_key bytea NOT NULL,
    body_digest bytea NOT NULL,
    form_code text NOT NULL,
    form_digest text NOT NULL,
    service_code text NOT NULL,
    service_name text NOT NULL,
    regime text NOT NULL,
    title text NOT NULL,
    answers text NOT NULL,
    filled_form bytea NOT NULL,
    attachments text NOT NULL,
    submitter text NOT NULL,
    email text,
    user_id uuid,
    office text,
    office_name text NOT NULL,
    explanation text[] NOT NULL,
    confirmation text NOT NULL,
    confirm_by date,
    confirmed_by text,
    accepted_at timestamp with time zone NOT NULL,
    reached_at timestamp with time zone,
    registered_at timestamp with time zone,
    status text NOT NULL,
    reference_number text,
    assignee text,
    hops integer DEFAULT 0 NOT NULL,
    ordinal integer DEFAULT 1 NOT NULL,
    confirmed_on date
);

CREATE TABLE region.tenants (
    tenant text NOT NULL,
    is_designated boolean NOT NULL,
    cell integer DEFAULT 0 NOT NULL,
    rooms text[] NOT NULL,
    hosted_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT tenants_designated_filing_room CHECK ((NOT (is_designated AND ('FilingRoom'::text = ANY (rooms)))))
);

CREATE TABLE region.users (
    id uuid NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    password_hash text,
    verified_at timestamp with time zone,
    is_region_administrator boolean DEFAULT false NOT NULL,
    is_demo boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE region.webhook_calls (
    office text NOT NULL,
    delivery text NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE region.webhooks (
    office text NOT NULL,
    address text NOT NULL,
    signing_key text NOT NULL,
    is_on boolean DEFAULT true NOT NULL
);

CREATE TABLE region.workplaces (
    user_id uuid NOT NULL,
    tenant text NOT NULL
);

CREATE TABLE relay.outbox (
    id uuid NOT NULL,
    sender name DEFAULT CURRENT_USER NOT NULL,
    recipient text NOT NULL,
    subject_id uuid NOT NULL,
    ordinal integer NOT NULL,
    kind text NOT NULL,
    body jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_attempt_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    last_error text,
    failures text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT outbox_recipient_check CHECK (((recipient = 'region'::text) OR (recipient ~ '^(m_[0-9]{6}|k_[0-9]{2,3})$'::text)))
);

ALTER TABLE ONLY cell.data_files
    ADD CONSTRAINT data_files_pkey PRIMARY KEY (name);

ALTER TABLE ONLY cell.logins
    ADD CONSTRAINT logins_pkey PRIMARY KEY (tenant);

ALTER TABLE ONLY cell.migrations
    ADD CONSTRAINT migrations_pkey PRIMARY KEY (schema_name, folder, number);

ALTER TABLE ONLY cell.tenants
    ADD CONSTRAINT tenants_pkey PRIMARY KEY (name);

ALTER TABLE ONLY codes.banks
    ADD CONSTRAINT banks_pkey PRIMARY KEY (code);

ALTER TABLE ONLY codes.budget_items
    ADD CONSTRAINT budget_items_pkey PRIMARY KEY (code, valid_from);

ALTER TABLE ONLY codes.budget_paragraphs
    ADD CONSTRAINT budget_paragraphs_pkey PRIMARY KEY (code, valid_from);

ALTER TABLE ONLY codes.role_permissions
    ADD CONSTRAINT role_permissions_pkey PRIMARY KEY (role, permission);

ALTER TABLE ONLY region.api_tokens
    ADD CONSTRAINT api_tokens_pkey PRIMARY KEY (digest);

ALTER TABLE ONLY region.form_drafts
    ADD CONSTRAINT form_drafts_pkey PRIMARY KEY (key);

ALTER TABLE ONLY region.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (message_id);

ALTER TABLE ONLY region.letters
    ADD CONSTRAINT letters_pkey PRIMARY KEY (id);

ALTER TABLE ONLY region.log_anchors
    ADD CONSTRAINT log_anchors_once PRIMARY KEY (tenant, number);

ALTER TABLE ONLY region.offices
    ADD CONSTRAINT offices_designated UNIQUE (tenant, is_designated);

ALTER TABLE ONLY region.offices
    ADD CONSTRAINT offices_pkey PRIMARY KEY (tenant);

ALTER TABLE ONLY region.offices
    ADD CONSTRAINT offices_slug UNIQUE (slug);

ALTER TABLE ONLY region.one_time_codes
    ADD CONSTRAINT one_time_codes_pkey PRIMARY KEY (digest);

ALTER TABLE ONLY region.parts
    ADD CONSTRAINT parts_pkey PRIMARY KEY (code);

ALTER TABLE ONLY region.provisioning_jobs
    ADD CONSTRAINT provisioning_jobs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY region.services
    ADD CONSTRAINT services_version PRIMARY KEY (code, valid_from);

ALTER TABLE ONLY region.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (digest);

ALTER TABLE ONLY region.submission_steps
    ADD CONSTRAINT submission_steps_pkey PRIMARY KEY (id);

ALTER TABLE ONLY region.submissions
    ADD CONSTRAINT submissions_code UNIQUE (code);

ALTER TABLE ONLY region.submissions
    ADD CONSTRAINT submissions_key UNIQUE (host, idempotency_key);

ALTER TABLE ONLY region.submissions
    ADD CONSTRAINT submissions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY region.tenants
    ADD CONSTRAINT tenants_pkey PRIMARY KEY (tenant);

ALTER TABLE ONLY region.users
    ADD CONSTRAINT users_email UNIQUE (email);

ALTER TABLE ONLY region.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

ALTER TABLE ONLY region.webhook_calls
    ADD CONSTRAINT webhook_calls_pkey PRIMARY KEY (office, delivery);

ALTER TABLE ONLY region.webhooks
    ADD CONSTRAINT webhooks_pkey PRIMARY KEY (office);

ALTER TABLE ONLY region.workplaces
    ADD CONSTRAINT workplaces_pkey PRIMARY KEY (user_id, tenant);

ALTER TABLE ONLY relay.outbox
    ADD CONSTRAINT outbox_order UNIQUE (sender, subject_id, ordinal);

ALTER TABLE ONLY relay.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

CREATE INDEX failed_attempts_key ON region.failed_attempts USING btree (key, at);

CREATE INDEX form_drafts_age ON region.form_drafts USING btree (changed_at);

CREATE INDEX form_drafts_browser ON region.form_drafts USING btree (browser, form_code, changed_at DESC);

CREATE INDEX letters_due ON region.letters USING btree (next_attempt_at) WHERE ((sent_at IS NULL) AND (given_up_at IS NULL));

CREATE UNIQUE INDEX one_time_codes_one_invitation ON region.one_time_codes USING btree (tenant, email) WHERE ((purpose = 'invite'::text) AND (used_at IS NULL));

CREATE INDEX parts_tenant ON region.parts USING btree (tenant);

CREATE UNIQUE INDEX provisioning_jobs_open ON region.provisioning_jobs USING btree (tenant) WHERE (finished_at IS NULL);

CREATE INDEX sessions_parent ON region.sessions USING btree (parent);

CREATE INDEX sessions_user ON region.sessions USING btree (user_id);

CREATE INDEX submission_steps_submission ON region.submission_steps USING btree (submission_id, id);

CREATE INDEX submissions_files ON region.submissions USING gin (((attachments)::jsonb) jsonb_path_ops) WHERE (attachments <> '[]'::text);

CREATE INDEX submissions_unconfirmed ON region.submissions USING btree (confirm_by) WHERE (status = 'awaitingConfirmation'::text);

CREATE INDEX submissions_undecided ON region.submissions USING btree (id) WHERE (office IS NULL);

CREATE INDEX submissions_user ON region.submissions USING btree (user_id, id) WHERE (user_id IS NOT NULL);

CREATE INDEX outbox_due ON relay.outbox USING btree (next_attempt_at);

ALTER TABLE ONLY region.api_tokens
    ADD CONSTRAINT api_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES region.users(id);

ALTER TABLE ONLY region.one_time_codes
    ADD CONSTRAINT one_time_codes_session_fkey FOREIGN KEY (session) REFERENCES region.sessions(digest);

ALTER TABLE ONLY region.one_time_codes
    ADD CONSTRAINT one_time_codes_user_id_fkey FOREIGN KEY (user_id) REFERENCES region.users(id);

ALTER TABLE ONLY region.parts
    ADD CONSTRAINT parts_tenant_fkey FOREIGN KEY (tenant) REFERENCES region.offices(tenant);

ALTER TABLE ONLY region.provisioning_jobs
    ADD CONSTRAINT provisioning_jobs_tenant_fkey FOREIGN KEY (tenant) REFERENCES region.offices(tenant);

ALTER TABLE ONLY region.sessions
    ADD CONSTRAINT sessions_parent_fkey FOREIGN KEY (parent) REFERENCES region.sessions(digest);

ALTER TABLE ONLY region.sessions
    ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES region.users(id);

ALTER TABLE ONLY region.submission_steps
    ADD CONSTRAINT submission_steps_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES region.submissions(id);

ALTER TABLE ONLY region.tenants
    ADD CONSTRAINT tenants_office FOREIGN KEY (tenant, is_designated) REFERENCES region.offices(tenant, is_designated) ON UPDATE CASCADE;

ALTER TABLE ONLY region.workplaces
    ADD CONSTRAINT workplaces_user_id_fkey FOREIGN KEY (user_id) REFERENCES region.users(id);

ALTER TABLE relay.outbox ENABLE ROW LEVEL SECURITY;

CREATE POLICY outbox_region ON relay.outbox FOR SELECT TO epom_region USING (true);

CREATE POLICY outbox_relay ON relay.outbox TO epom_relay USING (true);

CREATE POLICY outbox_replay ON relay.outbox FOR UPDATE TO epom_region USING (true);

CREATE POLICY outbox_sender ON relay.outbox FOR INSERT WITH CHECK ((sender = CURRENT_USER));

GRANT USAGE ON SCHEMA cell TO epom_region;

GRANT USAGE ON SCHEMA codes TO epom_tenant;
GRANT USAGE ON SCHEMA codes TO epom_region;

GRANT USAGE ON SCHEMA region TO epom_region;

GRANT USAGE ON SCHEMA relay TO epom_tenant;
GRANT USAGE ON SCHEMA relay TO epom_region;
GRANT USAGE ON SCHEMA relay TO epom_relay;

REVOKE ALL ON FUNCTION region.close_delivery(p_message uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION region.close_delivery(p_message uuid) TO epom_region;

GRANT SELECT ON TABLE cell.logins TO epom_region;

GRANT SELECT ON TABLE cell.migrations TO epom_region;

GRANT SELECT ON TABLE cell.tenants TO epom_region;

GRANT SELECT ON TABLE codes.banks TO epom_tenant;
GRANT SELECT ON TABLE codes.banks TO epom_region;

GRANT SELECT ON TABLE codes.budget_items TO epom_tenant;
GRANT SELECT ON TABLE codes.budget_items TO epom_region;

GRANT SELECT ON TABLE codes.budget_paragraphs TO epom_tenant;
GRANT SELECT ON TABLE codes.budget_paragraphs TO epom_region;

GRANT SELECT ON TABLE codes.role_permissions TO epom_tenant;
GRANT SELECT ON TABLE codes.role_permissions TO epom_region;

GRANT SELECT,INSERT ON TABLE region.api_tokens TO epom_region;

GRANT UPDATE(revoked_at) ON TABLE region.api_tokens TO epom_region;

GRANT SELECT,INSERT,DELETE ON TABLE region.failed_attempts TO epom_region;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE region.form_drafts TO epom_region;

GRANT SELECT,INSERT ON TABLE region.inbox TO epom_region;

GRANT SELECT,INSERT ON TABLE region.letters TO epom_region;

GRANT UPDATE(attempts) ON TABLE region.letters TO epom_region;

GRANT UPDATE(next_attempt_at) ON TABLE region.letters TO epom_region;

GRANT UPDATE(sent_at) ON TABLE region.letters TO epom_region;

GRANT UPDATE(given_up_at) ON TABLE region.letters TO epom_region;

GRANT UPDATE(last_error) ON TABLE region.letters TO epom_region;

GRANT SELECT,INSERT ON TABLE region.log_anchors TO epom_region;

GRANT SELECT ON TABLE region.offices TO epom_region;

GRANT UPDATE(has_registry_office) ON TABLE region.offices TO epom_region;

GRANT UPDATE(has_building_office) ON TABLE region.offices TO epom_region;

GRANT SELECT,INSERT,DELETE ON TABLE region.one_time_codes TO epom_region;

GRANT UPDATE(used_at) ON TABLE region.one_time_codes TO epom_region;

GRANT SELECT ON TABLE region.parts TO epom_region;

GRANT SELECT,INSERT ON TABLE region.provisioning_jobs TO epom_region;

GRANT SELECT ON TABLE region.services TO epom_region;

GRANT UPDATE(checked_on) ON TABLE region.services TO epom_region;

GRANT UPDATE(checked_by) ON TABLE region.services TO epom_region;

GRANT SELECT,INSERT ON TABLE region.sessions TO epom_region;

GRANT UPDATE(expires_at) ON TABLE region.sessions TO epom_region;

GRANT UPDATE(revoked_at) ON TABLE region.sessions TO epom_region;

GRANT SELECT,INSERT ON TABLE region.submission_steps TO epom_region;

GRANT SELECT,INSERT ON TABLE region.submissions TO epom_region;

GRANT UPDATE(office) ON TABLE region.submissions TO epom_region;

GRANT UPDATE(office_name) ON TABLE region.submissions TO epom_region;

GRANT UPDATE(explanation) ON TABLE region.submissions TO epom_region;

GRANT UPDATE(confirm_by) ON TABLE region.submissions TO epom_region;

GRANT UPDATE(confirmed_by) ON TABLE region.submissions TO epom_region;

GRANT UPDATE(reached_at) ON TABLE region.submissions TO epom_region;

GRANT UPDATE(registered_at) ON TABLE region.submissions TO epom_region;

GRANT UPDATE(status) ON TABLE region.submissions TO epom_region;

GRANT UPDATE(reference_number) ON TABLE region.submissions TO epom_region;

GRANT UPDATE(assignee) ON TABLE region.submissions TO epom_region;

GRANT UPDATE(hops) ON TABLE region.submissions TO epom_region;

GRANT UPDATE(ordinal) ON TABLE region.submissions TO epom_region;

GRANT UPDATE(confirmed_on) ON TABLE region.submissions TO epom_region;

GRANT SELECT ON TABLE region.tenants TO epom_region;

GRANT SELECT,INSERT ON TABLE region.users TO epom_region;

GRANT UPDATE(name) ON TABLE region.users TO epom_region;

GRANT UPDATE(password_hash) ON TABLE region.users TO epom_region;

GRANT UPDATE(verified_at) ON TABLE region.users TO epom_region;

GRANT UPDATE(is_region_administrator) ON TABLE region.users TO epom_region;

GRANT SELECT,INSERT,DELETE ON TABLE region.webhook_calls TO epom_region;

GRANT SELECT,INSERT,UPDATE ON TABLE region.webhooks TO epom_region;

GRANT SELECT,INSERT ON TABLE region.workplaces TO epom_region;

GRANT INSERT ON TABLE relay.outbox TO epom_tenant;
GRANT SELECT,INSERT ON TABLE relay.outbox TO epom_region;
GRANT SELECT,DELETE,UPDATE ON TABLE relay.outbox TO epom_relay;

GRANT UPDATE(attempts) ON TABLE relay.outbox TO epom_region;

GRANT UPDATE(next_attempt_at) ON TABLE relay.outbox TO epom_region;

GRANT UPDATE(last_error) ON TABLE relay.outbox TO epom_region;
