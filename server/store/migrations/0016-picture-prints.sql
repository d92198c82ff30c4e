-- What pictures look like, in 256 bits: the whole of each, and what is left when edges are cut off. Looked up by four
-- runs of 16 bits: nearly equal prints have at least one of them nearly equal.

create table picture_print (
  company text not null,
  sha256 text not null,
  part smallint not null,
  bits bit(256) not null,
  run1 int not null,
  run2 int not null,
  run3 int not null,
  run4 int not null,
  primary key (company, sha256, part),
  foreign key (company, sha256) references evidence_file (company, sha256) on delete cascade
);
create index picture_print_run1 on picture_print (company, part, run1);
create index picture_print_run2 on picture_print (company, part, run2);
create index picture_print_run3 on picture_print (company, part, run3);
create index picture_print_run4 on picture_print (company, part, run4);
