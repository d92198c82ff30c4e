-- The company leads every key. Instants are timestamptz; the history's own data is canonical JSON kept as text,
-- since jsonb reorders keys and the hash chain must not depend on that.

create table company (
  company text primary key,
  name text not null,
  zone text not null default 'Asia/Shanghai',
  settings jsonb not null default '{}'
);

create table organisation (
  company text not null,
  id text not null,
  name text not null,
  name_en text not null,
  kind text not null check (kind in ('head-office','branch','outlet','department','carrier','provider','rental','aggregator','insurer','partner')),
  primary key (company, id)
);

-- Who belonged to whom, from which day to which: own, franchised, carrier, partner.
create table relation (
  company text not null,
  child text not null,
  parent text not null,
  kind text not null check (kind in ('own','franchised','carrier','provider','rental','aggregator','insurer','partner')),
  from_day date not null,
  to_day date,
  primary key (company, child, parent, from_day)
);

create table role (
  company text not null,
  role text not null,
  capabilities text[] not null,
  primary key (company, role)
);

create table person (
  company text not null,
  id text not null,
  kind text not null check (kind in ('staff','worker','customer')),
  name_ref text,
  alias text not null,
  organisation text,
  language text not null default 'zh',
  active boolean not null default true,
  primary key (company, id)
);

create table membership (
  company text not null,
  person text not null,
  role text not null,
  -- null: all of them
  organisations text[],
  trades text[],
  primary key (company, person, role)
);

create table team (
  company text not null,
  id text not null,
  name text not null,
  organisation text,
  primary key (company, id)
);

create table team_member (
  company text not null,
  team text not null,
  person text not null,
  -- local times; null: no shift
  shift_from text,
  shift_to text,
  primary key (company, team, person)
);

create table history (
  company text not null,
  kind text not null,
  stream text not null,
  seq integer not null,
  at timestamptz not null,
  recorded_at timestamptz not null,
  actor text not null,
  command_id text not null,
  pack_version text not null,
  type text not null,
  data text not null,
  hash text not null,
  primary key (company, stream, seq)
);
create index history_by_time on history (company, recorded_at, stream, seq);

create table snapshot (
  company text not null,
  stream text not null,
  kind text not null,
  seq integer not null,
  fold integer not null,
  head text not null,
  state jsonb not null,
  primary key (company, stream)
);

-- Once a day every head of a company is chained, so that a cut tail or a missing stream shows too.
create table seal (
  company text not null,
  day date not null,
  streams integer not null,
  heads text not null,
  hash text not null,
  primary key (company, day)
);

-- The narrow row that lists read, kept in the command's own transaction.
create table case_row (
  company text not null,
  id text not null,
  number text not null,
  pack text not null,
  kind text not null,
  source text not null,
  channel text not null,
  organisation text,
  line text[] not null,
  owner text,
  urgency text,
  severity text,
  step text not null,
  outcome text,
  restricted boolean not null,
  joined boolean not null,
  categories text[] not null,
  orders text[] not null,
  outside text[] not null,
  people text[] not null,
  respondents text[] not null,
  waiting text[] not null,
  received_at timestamptz not null,
  changed_at timestamptz not null,
  next_due timestamptz not null,
  statutory_due timestamptz not null,
  breached boolean not null,
  closed_at timestamptz,
  amount bigint not null,
  primary key (company, id)
);
create unique index case_row_number on case_row (company, number);
create index case_row_changed on case_row (company, changed_at desc, id desc);
create index case_row_received on case_row (company, received_at desc, id desc);
create index case_row_due on case_row (company, next_due, id) where closed_at is null;
create index case_row_owner on case_row (company, owner, next_due, id) where closed_at is null;
create index case_row_pack_due on case_row (company, pack, next_due, id) where closed_at is null;
create index case_row_orders on case_row using gin (orders);
create index case_row_people on case_row using gin (people);
create index case_row_outside on case_row using gin (outside);
create index case_row_line on case_row using gin (line);

-- Two-character tokens, and keyed hashes of phones and plates; rechecked against the words.
create table case_search (
  company text not null,
  id text not null,
  v tsvector not null,
  primary key (company, id)
);
create index case_search_v on case_search using gin (v);

-- Free words beside the history: plain, for search; erasable with their salt.
create table words (
  company text not null,
  ref text not null,
  stream text not null,
  salt bytea,
  content text,
  plain text,
  erased_at timestamptz,
  primary key (company, ref)
);
create index words_by_stream on words (company, stream);

-- Names, phones, addresses, plates: encrypted at rest, looked up by keyed hash.
create table personal (
  company text not null,
  ref text not null,
  stream text not null,
  keep text not null,
  salt bytea,
  sealed bytea,
  lookup bytea,
  mask text not null,
  erased_at timestamptz,
  primary key (company, ref)
);
create index personal_by_stream on personal (company, stream);
create index personal_by_lookup on personal (company, lookup);

create table reveal (
  company text not null,
  id text not null,
  at timestamptz not null,
  person text not null,
  stream text not null,
  ref text not null,
  why text not null,
  primary key (company, id)
);
create index reveal_by_stream on reveal (company, stream, at);

-- Clock thresholds, effects to perform and retry, nightly work: one table, one loop.
create table due (
  company text not null,
  id text not null,
  stream text not null,
  kind text not null check (kind in ('timer','effect','delivery','nightly')),
  key text not null,
  at timestamptz not null,
  payload jsonb not null,
  attempts integer not null default 0,
  claimed_until timestamptz,
  last_error text,
  failed_at timestamptz,
  primary key (company, id)
);
create unique index due_key on due (company, stream, kind, key);
create index due_at on due (at) where failed_at is null;

create table idempotency (
  company text not null,
  actor text not null,
  key text not null,
  body text not null,
  answer jsonb not null,
  at timestamptz not null,
  primary key (company, actor, key)
);
create index idempotency_at on idempotency (at);

create table evidence_file (
  company text not null,
  sha256 text not null,
  bytes bigint not null,
  mime text not null,
  kind text not null,
  facts jsonb not null default '{}',
  uploaded_by text not null,
  uploaded_at timestamptz not null,
  primary key (company, sha256)
);

create table upload (
  company text not null,
  id text not null,
  stream text not null,
  by_actor text not null,
  bytes bigint not null,
  started_at timestamptz not null,
  done jsonb,
  primary key (company, id)
);

create table orders (
  company text not null,
  number text not null,
  record jsonb not null,
  changed_at timestamptz not null,
  primary key (company, number)
);

create table link (
  company text not null,
  id text not null,
  stream text not null,
  party text not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  made_at timestamptz not null,
  primary key (company, id)
);
create index link_by_stream on link (company, stream);

create table webhook (
  company text not null,
  id text not null,
  url text not null,
  secret bytea not null,
  events text[] not null,
  active boolean not null default true,
  made_at timestamptz not null,
  primary key (company, id)
);

create table delivery (
  company text not null,
  id text not null,
  webhook text not null,
  event text not null,
  stream text not null,
  body jsonb not null,
  made_at timestamptz not null,
  attempts jsonb not null default '[]',
  delivered_at timestamptz,
  given_up_at timestamptz,
  primary key (company, id)
);
create index delivery_by_webhook on delivery (company, webhook, made_at desc);

-- Every notice with its delivery state; for the pretend channel this is the post box itself.
create table notice (
  company text not null,
  id text not null,
  stream text not null,
  key text not null,
  wording text not null,
  recipient text not null,
  channel text not null,
  text_ref text not null,
  pretend boolean not null,
  state text not null,
  receipt text,
  at timestamptz not null,
  primary key (company, id)
);
create unique index notice_key on notice (company, key);
create index notice_by_stream on notice (company, stream, at);

create table payment (
  company text not null,
  key text not null,
  state text not null,
  amount bigint not null,
  currency text not null,
  receipt text,
  reason text,
  tries integer not null,
  at timestamptz not null,
  primary key (company, key)
);

create table pack_version (
  company text not null,
  name text not null,
  version text not null,
  sha256 text not null,
  content jsonb not null,
  seen_at timestamptz not null,
  primary key (company, name, version)
);
