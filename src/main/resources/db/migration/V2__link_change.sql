-- How the link was shown to people, and since when: the history of the last days. The id is the order, since a clock may be set back.
create table link_change (
  id bigint generated always as identity primary key,
  at timestamp(3) with time zone not null,
  state varchar(8) not null,
  cause varchar(40)
);
