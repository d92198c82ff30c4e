-- Sign-in. The tables named account_… belong to better-auth, whose columns are written as it asks for them (a test
-- compares): they are the only ones whose key does not start with the company, for a session or a key is found
-- before anybody knows whose it is. Nobody is ever deleted from them by cascade.

create table account_user (
  "id" text primary key,
  "name" text not null,
  "email" text not null unique,
  "emailVerified" boolean not null,
  "image" text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp,
  -- the sign-in name, unique across companies
  "username" text unique,
  "twoFactorEnabled" boolean,
  -- whose account it is
  "company" text not null,
  "person" text not null,
  -- the phone for codes, kept in personal
  "phoneRef" text
);
create unique index account_user_person on account_user ("company", "person");
create index account_user_phone on account_user ("company", "phoneRef");

create table account_session (
  "id" text primary key,
  "expiresAt" timestamptz not null,
  "token" text not null unique,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null
);
create index account_session_user on account_session ("userId");
create index account_session_expiry on account_session ("expiresAt");

create table account_password (
  "id" text primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null
);
create unique index account_password_user on account_password ("userId", "providerId");

create table account_verification (
  "id" text primary key,
  "identifier" text not null,
  "value" text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp
);
create index account_verification_identifier on account_verification ("identifier");
create index account_verification_expiry on account_verification ("expiresAt");

create table account_two_factor (
  "id" text primary key,
  "secret" text not null,
  "backupCodes" text not null,
  "userId" text not null,
  "verified" boolean,
  "failedVerificationCount" integer,
  "lockedUntil" timestamptz
);
create index account_two_factor_secret on account_two_factor ("secret");
create index account_two_factor_user on account_two_factor ("userId");

create table account_api_key (
  "id" text primary key,
  "configId" text not null,
  "name" text,
  "start" text,
  "referenceId" text not null,
  "prefix" text,
  "key" text not null,
  "refillInterval" integer,
  "refillAmount" integer,
  "lastRefillAt" timestamptz,
  "enabled" boolean,
  "rateLimitEnabled" boolean,
  "rateLimitTimeWindow" integer,
  "rateLimitMax" integer,
  "requestCount" integer,
  "remaining" integer,
  "lastRequest" timestamptz,
  "expiresAt" timestamptz,
  "createdAt" timestamptz not null,
  "updatedAt" timestamptz not null,
  "permissions" text,
  "metadata" text
);
create index account_api_key_config on account_api_key ("configId");
create index account_api_key_user on account_api_key ("referenceId");
create unique index account_api_key_key on account_api_key ("key");

-- A person's phone is looked up before the company is known.
create index personal_of_people on personal (lookup) where keep = 'phone' and stream like 'person-%';

-- The one-time code under way for a subject (a user, a link): a new one takes its place. Only a keyed hash is kept.
create table one_time_code (
  company text not null,
  purpose text not null check (purpose in ('sign-in','confirm-link')),
  subject text not null,
  code bytea not null,
  expires_at timestamptz not null,
  tries integer not null default 0,
  primary key (company, purpose, subject)
);

-- When something limited was last tried: sign-ins by name and by address, codes by phone. The key is a keyed hash;
-- the company is '' as long as it is not known.
create table attempt (
  company text not null,
  key bytea not null,
  times timestamptz[] not null,
  primary key (company, key)
);
