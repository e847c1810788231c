grant select on tenant.plan_entries to :role;
grant select, insert, update on tenant.routing_rules to :role;
grant select, insert on tenant.register_counters, tenant.senders, tenant.case_files, tenant.documents, tenant.components to :role;
grant update (last) on tenant.register_counters to :role;
grant update (address, email, phone, data_box) on tenant.senders to :role;
grant select, insert, update (taken_down_on, early_reason) on tenant.case_postings to :role;
grant update (title, regime, service_code, plan_code, due_on, due_law, assignee, taken_on, routing, confirm_by, confirmed_by, confirmed_on, settled_on, settled_how, closed_on,
    paused_on, paused_days, extended_on, extended_days, extended_why, referred_to, fee_id, ordinal,
    draft_kind, draft_subject, draft_text) on tenant.case_files to :role;
grant update (case_file_id, is_secret, dispatched_on, dispatched_by, notice_id, returned_on, returned_why, delivered_on, delivered_by,
    delivery_proof, cancelled_on, final_on, final_by, final_proof, issued_on, sent_to, abandoned_on, abandoned_why) on tenant.documents to :role;
grant execute on all functions in schema :schema to :role;
