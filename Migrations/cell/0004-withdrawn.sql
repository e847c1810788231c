-- What the region sent it may take back, such as a submission that its desk handed over by other means.
create policy outbox_withdraw on relay.outbox for delete to epom_region using (sender = current_user);
