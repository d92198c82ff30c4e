-- What a row of the inbox says beside its figures: whom it is about and in which words (references, read by key for the
-- rows of a page only), and the clock that presses most. Rows written before this say it once their case changes or
-- `redress rebuild` has written them anew.
alter table case_row
	add column seq integer not null default 0,
	add column complainant_ref text,
	add column respondent_ref text,
	add column words_ref text,
	add column due_clock text,
	add column due_kind text,
	add column due_from timestamptz,
	-- by the database's own clock, which is one for all processes: live lists ask what was touched since
	add column touched_at timestamptz not null default '-infinity';
create index case_row_touched on case_row (company, touched_at);

-- Lists that somebody keeps under a name; shared ones are everybody's in the office.
create table saved_view (
	company text not null,
	id text not null,
	owner text not null,
	name text not null,
	-- as in the address of the inbox
	filter text not null,
	shared boolean not null default false,
	made_at timestamptz not null,
	primary key (company, id)
);
create index saved_view_owner on saved_view (company, owner, made_at);
create index saved_view_shared on saved_view (company, made_at) where shared;

-- Who has which case open. Lost in a crash, and said anew within seconds.
create unlogged table presence (
	company text not null,
	stream text not null,
	person text not null,
	doing text not null check (doing in ('looking', 'typing')),
	about text,
	until timestamptz not null,
	primary key (company, stream, person)
);
create index presence_until on presence (company, until);
