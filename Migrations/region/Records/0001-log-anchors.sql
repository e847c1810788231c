-- Heads of the offices' transaction logs as the region saw them: what is cut off or rewritten later differs from them.
create table region.log_anchors (
    tenant text not null check (tenant ~ '^(m_[0-9]{6}|k_[0-9]{2,3})$'),
    number bigint not null check (number > 0),
    link bytea not null check (octet_length(link) = 32),
    noted_at timestamptz not null default clock_timestamp(),
    constraint log_anchors_once primary key (tenant, number)
);
