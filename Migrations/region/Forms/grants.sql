-- Drafts are forgotten after two weeks: nothing that was not handed in is an office's to keep.
grant select, insert, update, delete on region.form_drafts to epom_region;
