-- Calls as the phone system tells of them: how often and how long each rang, and who took it.

create table phone_call (
  company text not null,
  -- as the phone system names it
  id text not null,
  -- the number that was called
  line text not null,
  -- the caller's number: sealed, its keyed lookup, its mask; null when it was withheld
  sealed bytea,
  lookup bytea,
  mask text,
  -- the one agent at whose desk it rings; null: whoever is free
  sent_to text,
  ringing_at timestamptz not null,
  answered_at timestamptz,
  answered_by text,
  rings integer,
  ended_at timestamptz,
  recording text,
  -- the case that was filed from it
  filed_as text,
  pretend boolean not null default false,
  primary key (company, id)
);
create index phone_call_by_time on phone_call (company, ringing_at, id);
create index phone_call_by_agent on phone_call (company, answered_by, ringing_at, id);
create index phone_call_ringing on phone_call (company, ringing_at) where answered_at is null and ended_at is null;

-- Orders by the phone of anybody on them: keyed hashes, filled in when an order is put in.
alter table orders add column lookups bytea[] not null default '{}';
create index orders_by_phone on orders using gin (lookups);
