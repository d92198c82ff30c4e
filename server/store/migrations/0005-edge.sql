-- What the HTTP edge looks up: one's own notices, and rows of the due table that were given up.
create index notice_by_recipient on notice (company, recipient, at desc, id desc) where recipient <> '';
create index due_given_up on due (kind) where failed_at is not null;
