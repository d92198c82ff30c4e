-- Imports of complaints from files. A row of the ledger is written in one transaction with the case that it brought,
-- so that an import that was cut off goes on where it stood. What rejected rows held is not kept here (it may be
-- personal): it is read from the file again.

create table import_run (
  company text not null,
  -- sha256 over the file's content, the map and the pack's name
  id text not null,
  -- sha256 of the file's content
  file text not null,
  name text not null,
  pack text not null,
  -- rows in the file
  rows integer not null,
  begun_at timestamptz not null,
  done_at timestamptz,
  primary key (company, id)
);
create index import_run_file on import_run (company, file);

create table import_row (
  company text not null,
  import text not null,
  key text not null,
  line integer not null,
  -- the case; null where the row was rejected
  stream text,
  -- why it was rejected
  reasons text[],
  primary key (company, import, key),
  check ((stream is null) <> (reasons is null))
);
create unique index import_row_line on import_row (company, import, line);
