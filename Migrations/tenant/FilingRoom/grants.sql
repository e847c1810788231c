grant select on tenant.filing_classes, tenant.desks, tenant.routing_rules, tenant.counters, tenant.parties,
    tenant.case_files, tenant.documents, tenant.components, tenant.replies, tenant.case_notes,
    tenant.register_lines to :role;
grant insert on tenant.counters, tenant.parties, tenant.case_files, tenant.documents, tenant.components,
    tenant.replies, tenant.case_notes, tenant.desks, tenant.routing_rules to :role;
grant update (last) on tenant.counters to :role;
grant update (name, address, email, phone, data_box, sorting) on tenant.parties to :role;
grant update (
    title, service_code, service_name, regime, filing_class, state, desk_code, assignee_id, assigned_why,
    taken_at, due_on, supplement_by, confirm_by, confirmed_by, confirmed_at, settled_at, settled_how,
    settled_note, closed_at, reports_sent, fee_id
) on tenant.case_files to :role;
grant update (
    kind, title, body, party_id, written_at, author_id, state, supplement_days, document_id, dispatched_on,
    dispatched_by, delivered_on, proof
) on tenant.replies to :role;
grant update (name, role, holder_id) on tenant.desks to :role;
grant update (service_name, regime, desk_code, filing_class) on tenant.routing_rules to :role;
