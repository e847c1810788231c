-- What people call a service, so that a search for a dog finds the dog fee.

alter table region.services add column words text not null default '';
