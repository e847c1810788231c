-- The last twenty tries of a message that could not be delivered, each "instant reason": the story for the administrator.
alter table relay.outbox add column failures text[] not null default '{}';
