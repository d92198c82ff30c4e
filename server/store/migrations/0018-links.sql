-- What became of a link: whoever made it, opened it and withdrew it. These rows are the log of who could see a case without signing in.

alter table link
  -- a person of the office who sent it, or the party themself; null: it came with a notice
  add column made_by text,
  -- when its holder first showed that the phone is theirs
  add column confirmed_at timestamptz,
  -- last opened by a holder who has; and by one who has not: it may have been passed on
  add column opened_at timestamptz,
  add column read_at timestamptz,
  -- a person of the office, or the party themself
  add column revoked_by text;
