-- Accounting books (act 563/1991): a journal that only grows, and what follows from it.
create table tenant.accounts (
    code text primary key,
    name text not null,
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
    reverses uuid constraint entries_reversed_once unique references tenant.entries,
    booked_by text not null,
    booked_at timestamptz not null default clock_timestamp(),
    constraint entries_number unique (year, number)
);

-- Amounts in haléře; one side only.
create table tenant.entry_lines (
    entry_id uuid not null references tenant.entries,
    position int not null,
    account text not null constraint entry_lines_account references tenant.accounts,
    debit bigint not null default 0 check (debit >= 0),
    credit bigint not null default 0 check (credit >= 0),
    paragraph text not null default '',
    item text not null default '',
    primary key (entry_id, position),
    constraint entry_lines_side check ((debit = 0) <> (credit = 0))
);
create index entry_lines_account on tenant.entry_lines (account, entry_id);

create table tenant.book_locks (
    is_this boolean primary key default true check (is_this),
    locked_until date not null
);

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
    paid_by_entry uuid references tenant.entries,
    created_at timestamptz not null default clock_timestamp()
);
create index receivables_open on tenant.receivables (due_on, id) where paid_by_entry is null;

-- Debit equals credit (§ 3 and § 12 of act 563/1991), checked by the database itself at commit.
create function tenant.check_balance() returns trigger language plpgsql set search_path = '' as $balance$
declare
    lines int;
    difference bigint;
begin
    select count(*), coalesce(sum(debit) - sum(credit), 0) into lines, difference
    from tenant.entry_lines where entry_id = new.id;
    if lines < 2 or difference <> 0 then
        raise exception 'entry does not balance' using errcode = '23514', constraint = 'entries_balance';
    end if;
    return null;
end
$balance$;
create constraint trigger entries_balance after insert on tenant.entries
    deferrable initially deferred for each row execute function tenant.check_balance();

-- Lines belong to an entry of the same transaction: nothing is added to one that stands.
create function tenant.check_line() returns trigger language plpgsql set search_path = '' as $line$
begin
    if not exists (
        select from tenant.entries e where e.id = new.entry_id and e.xmin::text = pg_current_xact_id()::xid::text
    ) then
        raise exception 'entry stands already' using errcode = '23514', constraint = 'entries_append_only';
    end if;
    return new;
end
$line$;
create trigger entry_lines_fresh before insert on tenant.entry_lines
    for each row execute function tenant.check_line();

create function tenant.check_period() returns trigger language plpgsql set search_path = '' as $period$
begin
    if exists (select from tenant.book_locks where locked_until >= new.booked_on) then
        raise exception 'period is locked' using errcode = '23514', constraint = 'entries_period';
    end if;
    return new;
end
$period$;
create trigger entries_period before insert on tenant.entries
    for each row execute function tenant.check_period();
