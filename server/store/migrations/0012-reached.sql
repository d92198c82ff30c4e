-- How people are reached outside: their wishes, their devices, the masked lines between two of them, and what came back.

-- What somebody said about how to be told. `holder`: `person:…`, or `party:<case>:<party>` for whoever has a link.
create table wish (
  company text not null,
  holder text not null,
  -- ways outside the product in their order; empty: in the product alone
  channels text[] not null,
  language text check (language in ('zh', 'en')),
  -- local times; null: those of the trade
  quiet_from text,
  quiet_to text,
  -- whether what is urgent may ring in the quiet hours
  urgent_rings boolean not null,
  -- sealed, as all personal data
  email bytea,
  email_mask text,
  openid bytea,
  changed_at timestamptz not null,
  primary key (company, holder)
);

-- Browsers that take web push. `id`: the endpoint's sha256; the subscription itself is sealed, since whoever knows it may ring.
create table push_subscription (
  company text not null,
  id text not null,
  holder text not null,
  sealed bytea not null,
  made_at timestamptz not null,
  primary key (company, id)
);
create index push_subscription_by_holder on push_subscription (company, holder, made_at desc);

alter table notice
  -- until when it waits, because of quiet hours
  add column until timestamptz,
  -- ways that were tried in vain: [{channel, why, at}]
  add column tried jsonb not null default '[]',
  add column delivered_at timestamptz;
-- Providers tell of a message by their own number for it.
create index notice_by_receipt on notice (receipt) where channel in ('sms', 'wechat') and receipt is not null;

-- Numbers lent for a while, so that two people of a case speak without seeing each other's.
create table masked_line (
  company text not null,
  id text not null,
  stream text not null,
  -- who asked for it: a person, or a link holder (`party:…`); `from_party`: their seat in the case, null for the office
  caller text not null,
  from_party text,
  to_party text not null,
  number text not null,
  binding text not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  released_at timestamptz,
  pretend boolean not null,
  primary key (company, id)
);
create index masked_line_by_stream on masked_line (company, stream, made_at desc);

-- Calls over those lines, as the provider tells of them.
create table masked_call (
  company text not null,
  -- as the provider names it
  id text not null,
  line text not null,
  stream text not null,
  -- from the one who asked for the line to the other, or back
  back boolean not null,
  started_at timestamptz not null,
  answered_at timestamptz,
  ended_at timestamptz,
  outcome text check (outcome in ('reached', 'no-answer', 'wrong-number', 'barred')),
  -- the contact that it became in the case, or why it became none
  contact text,
  refused text,
  recorded boolean not null default false,
  -- the recording's evidence in the case, or why there is none
  evidence text,
  recording_fault text,
  pretend boolean not null,
  told_at timestamptz not null,
  primary key (company, id)
);
create index masked_call_by_stream on masked_call (company, stream, started_at desc);
create index masked_call_by_line on masked_call (company, line);
