grant select, insert on region.submissions, region.submission_steps to epom_region;
grant update (office, office_name, explanation, confirm_by, confirmed_by, confirmed_on, reached_at, registered_at, status, reference_number,
    assignee, hops, ordinal) on region.submissions to epom_region;
grant select, insert, update on region.webhooks to epom_region;
grant select, insert, delete on region.webhook_calls to epom_region;
grant execute on function region.close_delivery(uuid) to epom_region;
