-- Accounting books (act 563/1991): a journal that only grows, and what follows from it.
-- Synthetic accounts of the guide chart (decree 410/2009) and the analytical ones the office adds to them.
create table tenant.accounts (
    code text constraint accounts_pkey primary key
        constraint accounts_code check (code ~ '^[0-9]{3}(\.[0-9]{1,6})?$'),
    name text not null constraint accounts_name check (length(name) between 2 and 200),
    -- What it stands for; no bound on its sign: many a liability may have a debit balance.
    kind text not null
);

create table tenant.entry_counters (
    year int primary key,
    last int not null check (last > 0)
);

create table tenant.entries (
    -- Given by the client: the same id is the same entry.
    id uuid primary key,
    year int not null,
    number int not null,
    booked_on date not null,
    text text not null check (length(text) between 3 and 300),
    -- The document booked, such as the supplier's invoice, and with whom (§ 11(1) of act 563/1991).
    document text not null default '' check (length(document) <= 60),
    party text not null default '' check (length(party) <= 200),
    -- The receivable that this entry prescribes, pays, or undoes.
    receivable_id uuid,
    reverses uuid constraint entries_reversed_once unique references tenant.entries,
    booked_by text not null,
    booked_at timestamptz not null default clock_timestamp(),
    constraint entries_year check (extract(year from booked_on) = year),
    constraint entries_number unique (year, number)
);

-- Amounts in haléře; one side only.
create table tenant.entry_lines (
    entry_id uuid not null references tenant.entries,
    position int not null,
    -- The entry's own, so that the ledger of an account reads no more lines than it shows.
    year int not null,
    number int not null,
    account text not null constraint entry_lines_account references tenant.accounts,
    debit bigint not null default 0 check (debit >= 0),
    credit bigint not null default 0 check (credit >= 0),
    paragraph text not null default '',
    item text not null default '',
    primary key (entry_id, position),
    constraint entry_lines_budget check (paragraph ~ '^([0-9]{4})?$' and item ~ '^([0-9]{4})?$'),
    -- Budget classification sorts money that came or went (decree 412/2021), so it stands on cash accounts only.
    constraint entry_lines_cash check ((paragraph = '' and item = '') or account ~ '^(231|236|261)'),
    constraint entry_lines_side check ((debit = 0) <> (credit = 0))
);
create index entry_lines_account on tenant.entry_lines (account, year, number, position);

create table tenant.book_locks (
    is_this boolean primary key default true check (is_this),
    locked_until date not null
);
-- Always there, so that who books and who locks wait for each other.
insert into tenant.book_locks (locked_until) values ('1900-01-01');

create table tenant.receivables (
    id uuid primary key,
    kind text not null,
    payer text not null,
    amount bigint not null check (amount > 0),
    due_on date not null,
    variable_symbol text not null constraint receivables_symbol unique,
    reference_number text not null,
    document_id uuid,
    entry_id uuid not null references tenant.entries,
    paid bigint not null default 0
        constraint receivables_overpaid check (paid between 0 and amount),
    -- The reversal of its prescription.
    cancelled_by_entry uuid references tenant.entries,
    created_at timestamptz not null default clock_timestamp()
);
create index receivables_open on tenant.receivables (due_on, id)
    where paid < amount and cancelled_by_entry is null;
create index receivables_due on tenant.receivables (due_on desc, id desc);
alter table tenant.entries
    add constraint entries_receivable foreign key (receivable_id) references tenant.receivables
    deferrable initially deferred;
create index entries_receivable on tenant.entries (receivable_id) where receivable_id is not null;

-- Debit equals credit (§ 3 and § 12 of act 563/1991), checked by the database itself at commit, whichever of
-- the two came last.
create function tenant.check_balance() returns trigger language plpgsql set search_path = '' as $balance$
declare
    entry uuid;
    lines int;
    difference bigint;
begin
    if tg_table_name = 'entries' then entry := new.id; else entry := new.entry_id; end if;
    select count(*), coalesce(sum(debit) - sum(credit), 0) into lines, difference
    from tenant.entry_lines where entry_id = entry;
    if lines < 2 or difference <> 0 then
        raise exception 'entry does not balance' using errcode = '23514', constraint = 'entries_balance';
    end if;
    return null;
end
$balance$;
create constraint trigger entries_balance after insert on tenant.entries
    deferrable initially deferred for each row execute function tenant.check_balance();
create constraint trigger entry_lines_balance after insert on tenant.entry_lines
    deferrable initially deferred for each row execute function tenant.check_balance();

-- Lines belong to an entry of the same transaction: nothing is added to one that stands.
create function tenant.check_line() returns trigger language plpgsql set search_path = '' as $line$
begin
    if not exists (
        select from tenant.entries e
        where e.id = new.entry_id and e.year = new.year and e.number = new.number and e.xmin::text = pg_current_xact_id()::xid::text
    ) then
        raise exception 'entry stands already' using errcode = '23514', constraint = 'entries_append_only';
    end if;
    return new;
end
$line$;
create trigger entry_lines_fresh before insert on tenant.entry_lines
    for each row execute function tenant.check_line();

create function tenant.check_period() returns trigger language plpgsql set search_path = '' as $period$
declare
    locked date;
begin
    -- Waits for whoever is locking the period just now.
    select locked_until into locked from tenant.book_locks for share;
    if locked >= new.booked_on then
        raise exception 'period is locked' using errcode = '23514', constraint = 'entries_period';
    end if;
    return new;
end
$period$;
create trigger entries_period before insert on tenant.entries
    for each row execute function tenant.check_period();
