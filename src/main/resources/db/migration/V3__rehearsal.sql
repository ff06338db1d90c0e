-- The last rehearsals: where each stands, and its report. A row that is not finished outlives the process, so that it is cleaned up.
create table rehearsal (
  id varchar(40) primary key,
  started_at timestamp(3) with time zone not null,
  finished boolean not null,
  -- as JSON
  content varchar(1048576) not null
);
