grant select, insert on region.users, region.sessions, region.api_tokens, region.one_time_codes,
    region.failed_attempts, region.letters, region.workplaces to epom_region;
grant update (name, password_hash, verified_at, is_region_administrator) on region.users to epom_region;
grant update (revoked_at, expires_at) on region.sessions to epom_region;
grant update (revoked_at) on region.api_tokens to epom_region;
grant update (used_at) on region.one_time_codes to epom_region;
grant update (attempts, next_attempt_at, sent_at, given_up_at, last_error) on region.letters to epom_region;
grant delete on region.failed_attempts, region.one_time_codes to epom_region;
