-- Several versions of a service: each holds from its day until the day before the next.

alter table region.services
    drop constraint services_pkey,
    add constraint services_version primary key (code, valid_from),
    add column exception text not null default '',
    add column change text not null default '',
    -- An administrator compared this very version with the act.
    add column checked_on date,
    add column checked_by text,
    add constraint services_checked check ((checked_on is null) = (checked_by is null));

