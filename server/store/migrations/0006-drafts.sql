-- What somebody has typed into a form and not yet sent: theirs alone, sealed, for it may hold personal data.

create table draft (
  company text not null,
  person text not null,
  -- the case, or `new`
  stream text not null,
  -- the command, with what it is about
  form text not null,
  sealed bytea not null,
  at timestamptz not null,
  primary key (company, person, stream, form)
);
create index draft_by_at on draft (company, at);

-- The library of published case studies is read by it: a handful among all that has happened.
create index history_studies on history (company, recorded_at) where type = 'CaseStudyPublished';
