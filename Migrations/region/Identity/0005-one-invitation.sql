-- Of a person one invitation into an office works at a time: a newer one ends those before it.
update region.one_time_codes c set used_at = clock_timestamp()
where c.purpose = 'invite' and c.used_at is null and exists (
    select from region.one_time_codes n
    where n.purpose = 'invite' and n.used_at is null and n.tenant = c.tenant and n.email = c.email
        and (n.expires_at, n.digest) > (c.expires_at, c.digest)
);
create unique index one_time_codes_one_invitation on region.one_time_codes (tenant, email)
    where purpose = 'invite' and used_at is null;
drop index region.one_time_codes_invited;
