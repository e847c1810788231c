-- In which categories the board lists its notices: what the template gave to the office. Where there are none,
-- as in an office older than this table, each kind stands for itself.
create table tenant.notice_categories (
    position int primary key,
    slug text not null,
    name text not null,
    kinds text[] not null
);
