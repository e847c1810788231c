-- Which offices have ever taken somebody in; whether they still work there, only the office knows.
create table region.workplaces (
    user_id uuid not null references region.users,
    tenant text not null,
    primary key (user_id, tenant)
);
insert into region.workplaces (user_id, tenant)
select distinct u.id, c.tenant from region.one_time_codes c join region.users u on u.email = c.email
where c.purpose = 'invite' and c.used_at is not null and c.tenant is not null;
