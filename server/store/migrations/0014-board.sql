-- The day's board of a whole company counts along indexes alone, without reading the rows: at a hundred thousand cases
-- that is a tenth of the time. What it counts stands beside the keys of the indexes that lists have anyway.

-- Whom a case waits for, without names: short enough for an index.
alter table case_row add column awaited text[] not null default '{}';
update case_row set awaited = array(
  select distinct case when one like 'person:%' then 'person' else one end collate "C" from unnest(waiting) as one order by 1
) where waiting <> '{}';

drop index case_row_todo;
create index case_row_todo on case_row (company, next_due, id) include (awaited, pack, restricted)
  where closed_at is null or waiting <> '{}';
drop index case_row_owner;
create index case_row_owner on case_row (company, owner, next_due, id) include (pack, severity, breached, restricted)
  where closed_at is null;
drop index case_row_received;
create index case_row_received on case_row (company, received_at desc, id desc) include (owner, contact_kept, pack, restricted);
drop index case_row_closed;
create index case_row_closed on case_row (company, closed_at desc, id desc) include (on_the_spot, promises, promises_broken, pack, restricted)
  where closed_at is not null;

-- Restricted cases are few, and seen by those alone whom they name or whose duty they are.
create index case_row_restricted on case_row (company, received_at) where restricted;
