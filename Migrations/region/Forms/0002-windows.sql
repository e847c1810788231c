-- How often a draft was kept, and which page wrote each answer last: a second window undoes nothing that it never showed.
alter table region.form_drafts
    add column revision int not null default 0,
    add column marks text not null default '{}',
    add constraint form_drafts_marks check (octet_length(marks) <= 1000000);
