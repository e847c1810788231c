-- An office and the console list who was invited and has not come yet.
create index one_time_codes_invited on region.one_time_codes (tenant, email, expires_at)
    where purpose = 'invite' and used_at is null;
