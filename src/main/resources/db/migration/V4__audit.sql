-- What people decided, each entry with a hash over itself and the one before, so that a change or a gap shows.
create table audit_entry (
  -- one after the other, without a gap
  id bigint primary key,
  at timestamp(3) with time zone not null,
  decided_by varchar(100) not null,
  action varchar(40) not null,
  detail varchar(400) not null,
  -- SHA-256, in hexadecimal digits
  hash varchar(64) not null
);
