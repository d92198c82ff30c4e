-- Each room of work has its own due time: the earliest of what is asked of the case there, null where it does not stand
-- in the room. Before, one time served all rooms, and a room's list was not in the order of its own work.
alter table case_row
  add column approvals_due timestamptz,
  add column questions_due timestamptz,
  add column appeals_due timestamptz,
  add column outside_due timestamptz,
  add column follow_ups_due timestamptz;
-- older rows keep the time that they had until their case changes or `redress rebuild` writes them anew
update case_row set
  approvals_due = case when rooms @> '{approvals}' then room_due end,
  questions_due = case when rooms @> '{questions}' then room_due end,
  appeals_due = case when rooms @> '{appeals}' then room_due end,
  outside_due = case when rooms @> '{outside}' then room_due end,
  follow_ups_due = case when rooms @> '{follow-ups}' then room_due end
where rooms <> '{}';
drop index case_row_rooms;
alter table case_row drop column rooms, drop column room_due;

-- Only cases that stand in the room are listed in each: a small part of all.
create index case_row_approvals on case_row (company, approvals_due, id) where approvals_due is not null;
create index case_row_questions on case_row (company, questions_due, id) where questions_due is not null;
create index case_row_appeals on case_row (company, appeals_due, id) where appeals_due is not null;
create index case_row_outside on case_row (company, outside_due, id) where outside_due is not null;
create index case_row_follow_ups on case_row (company, follow_ups_due, id) where follow_ups_due is not null;

-- Calls that ring or are talked in are looked for all the time, by every open page of the phone room.
create index phone_call_open on phone_call (company, ringing_at) where ended_at is null;
drop index phone_call_ringing;
