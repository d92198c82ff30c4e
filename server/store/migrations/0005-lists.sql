-- Lists and search at a million cases. What is to be done yet (open, or waited for by somebody) is a small part of all
-- cases, and has indexes of its own; the conditions of store/case-list.ts are said in the same words.

drop index case_row_due;
create index case_row_todo on case_row (company, next_due, id) where closed_at is null or waiting <> '{}';
-- the whole list by due times
create index case_row_by_due on case_row (company, next_due, id);

-- What lists are narrowed by: a step or severity that is rare among what is to be done is found at once.
drop index case_row_pack_due;
create index case_row_pack_due on case_row (company, pack, next_due, id) where closed_at is null or waiting <> '{}';
create index case_row_step_due on case_row (company, step, next_due, id) where closed_at is null or waiting <> '{}';
create index case_row_severity_due on case_row (company, severity, next_due, id) where closed_at is null or waiting <> '{}';
create index case_row_urgency_due on case_row (company, urgency, next_due, id) where closed_at is null or waiting <> '{}';
create index case_row_todo_sets on case_row using gin (line, waiting, categories) where closed_at is null or waiting <> '{}';

-- One index over four sets costs a write less than four.
create index case_row_sets on case_row using gin (orders, people, outside, line);
drop index case_row_orders;
drop index case_row_people;
drop index case_row_outside;
drop index case_row_line;

-- A case of no organisation is in everybody's scope: see NOBODYS in store/case-rows.ts.
update case_row set line = array_append(line, '*') where organisation is null;
