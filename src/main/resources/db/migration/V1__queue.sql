-- The order of the queue. Cached values that a crash throws away leave gaps, never a repetition.
create sequence operation_seq cache 32;

-- The negative ids of customers that came as a call meant for Odoo, before Odoo has them: -1 and so on, never twice.
create sequence local_id_seq cache 32;

-- One row for each customer a till has named. It stays when the operations are long gone.
create table customer (
  customer_ref uuid primary key,
  -- set once Odoo has the customer
  odoo_id integer,
  -- a negative id that stands for Odoo's, for a till that knows customers by such ids; kept for ever
  local_id integer,
  -- whether a till created it here, so that what is not known of it is empty
  created_here boolean not null,
  -- what Odoo had last, as JSON of the API; null when nothing is known of it
  known varchar(1048576),
  -- the normal forms of name, phone, e-mail, VAT and barcode, one a line
  search_text varchar(8192) not null
);

-- From Odoo's id, or the negative one that stands for it, to the customer; a table of its own so that an accept does not write to an index of ids.
create table partner (
  odoo_id integer primary key,
  customer_ref uuid not null
);

create table operation (
  seq bigint primary key,
  customer_ref uuid not null,
  kind varchar(6) not null,

  -- as accepted, never changed
  content varchar(1048576) not null,
  base varchar(1048576),
  parent_ref uuid,
  till varchar(100),
  cashier varchar(100),
  accepted_at timestamp(3) with time zone not null,
  accepted_odoo_id integer,
  -- SHA-256 of the idempotency key and of the request, cut to 128 bits
  idempotency_key uuid,
  request_digest uuid not null,

  state varchar(9) not null,
  state_since timestamp(3) with time zone not null,
  not_before timestamp(3) with time zone,
  tries integer not null,
  odoo_id integer,
  held_reason varchar(9),
  held_field varchar(100),
  held_words varchar(10000),
  discard_reason varchar(1000),
  discarded_by varchar(100),
  -- values corrected by a person, laid over the content
  corrected varchar(1048576),
  -- what a person decided about a conflict or a twin, and what was found and decided about them, as JSON
  resolution varchar(20000),
  findings varchar(1048576),
  -- what happened to it, as JSON; null while nothing has
  history varchar(1048576)
);

create index operation_lane on operation (customer_ref, seq);
create index operation_state on operation (state, seq);
create unique index operation_key on operation (idempotency_key);

-- What outlives the operations that are counted, and the mode.
create table setting (
  name varchar(40) primary key,
  content varchar(200) not null
);
