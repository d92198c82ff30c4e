-- What the jobs' loop looks for: due rows of one kind in order, the failed ones, a person's notices.

create index due_by_kind on due (kind, at, id) where failed_at is null;
drop index due_at;
-- Room beside each row, so that claiming one rewrites no index.
alter table due set (fillfactor = 70);
create index due_failed on due (failed_at) where failed_at is not null;

create index notice_by_recipient on notice (company, recipient, at desc);

-- Deliveries to be cleared away once they are old.
create index delivery_done on delivery (company, made_at) where delivered_at is not null or given_up_at is not null;

-- The pretend bank's memory of a payment, sealed because the payee's account is in it; null for a real one.
-- A payer asks by the key alone, which is unique across companies.
alter table payment add column pretend bytea;
create index payment_by_key on payment (key);

-- The daily seal goes through all streams in order of their code units, whatever the database's own collation.
create index snapshot_in_order on snapshot (company, stream collate "C");
