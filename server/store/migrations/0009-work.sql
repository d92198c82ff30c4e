-- The rooms of work: in which of them a case stands, until when something is asked of it there, and which mass incident
-- it belongs to. Rows written before this are empty here until their case changes or `redress rebuild` writes them anew.

alter table case_row
	add column rooms text[] not null default '{}',
	add column room_due timestamptz not null default 'infinity',
	add column incident text;

-- Only cases that stand in some room are listed there: a small part of all.
create index case_row_rooms on case_row (company, room_due, id) where rooms <> '{}';
create index case_row_incident on case_row (company, incident, id) where incident is not null;
