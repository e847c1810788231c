-- Codes of payment institutions (§ 6 of decree 169/2011), as the Czech National Bank lists them on that day.
create table codes.banks (
    code text primary key,
    name text not null,
    as_of date not null
);
