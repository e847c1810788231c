grant select, insert on tenant.form_versions, tenant.form_switches to :role;
