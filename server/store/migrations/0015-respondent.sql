-- The page of whoever is complained of: practice talks and what came of them; what is noted on an order on the road.

create table practice_result (
  company text not null,
  id text not null,
  person text not null,
  scenario text not null,
  score int not null,
  passed boolean not null,
  path jsonb not null,
  at timestamptz not null,
  primary key (company, id)
);
create index practice_of_person on practice_result (company, person, at desc);

-- Details may name a place or a code: they are sealed. A file lies in the evidence store under its sha256.
create table order_act (
  company text not null,
  id text not null,
  number text not null,
  kind text not null,
  by_person text not null,
  at timestamptz not null,
  sealed bytea not null,
  sha256 text,
  confirmed_at timestamptz,
  primary key (company, id)
);
create index order_act_of on order_act (company, number, at);

-- Orders on which somebody works, the latest first.
create index orders_of_worker on orders (company, (record->>'worker'), (record->>'takenAt') desc nulls last) where record ? 'worker';
