-- What a day's board counts of a case that has gone on: promises that have ended and those of them broken, whether the
-- first contact kept its time, whether it was settled on the spot, when it was opened again. Older rows say so once
-- they have been written or rebuilt.
alter table case_row
  add column promises smallint not null default 0,
  add column promises_broken smallint not null default 0,
  add column contact_kept boolean,
  add column on_the_spot boolean not null default false,
  add column reopened_at timestamptz;
create index case_row_closed on case_row (company, closed_at desc, id desc) where closed_at is not null;
create index case_row_reopened on case_row (company, reopened_at desc, id desc) where reopened_at is not null;

-- Who had whose data shown, over the whole company.
create index reveal_by_time on reveal (company, at desc, id desc);
create index reveal_by_person on reveal (company, person, at desc, id desc);

-- The administrator's list of people, those who left at the end.
create index person_in_order on person (company, (not active), alias, id);
