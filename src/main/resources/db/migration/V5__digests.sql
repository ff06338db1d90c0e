-- The database's file has no checksums of its own. What the disk has changed is seen by these, whenever a row is written, and when all of a file is looked through.

-- SHA-256 over what was accepted, cut to 64 bits; null once that is scrubbed.
alter table operation add column digest bigint;

update operation set digest
  = cast(substring(hash('SHA-256', concat_ws('|', customer_ref, kind, parent_ref, content, base)) from 1 for 8) as bigint)
  where content <> '{}';

alter table operation add constraint operation_is_as_accepted check (digest is null or digest
  = cast(substring(hash('SHA-256', concat_ws('|', customer_ref, kind, parent_ref, content, base)) from 1 for 8) as bigint));

-- Half of a surrogate pair, of which Odoo's words may have some, is no JSON for H2.
alter table operation add constraint operation_makes_sense check (
  kind in ('CREATE', 'UPDATE')
  and (state = 'pending' and not_before is not null or state = 'sending' or state = 'delivered' and odoo_id is not null
    or state = 'held' and held_reason is not null or state = 'discarded')
  and (held_reason is null or held_reason in ('REJECTED', 'CONFLICT', 'DUPLICATE', 'MISSING', 'FORBIDDEN'))
  and (corrected is null or regexp_replace(corrected, '[\uD800-\uDFFF]', '?') is json)
  and (resolution is null or regexp_replace(resolution, '[\uD800-\uDFFF]', '?') is json)
  and (findings is null or regexp_replace(findings, '[\uD800-\uDFFF]', '?') is json)
  and (history is null or regexp_replace(history, '[\uD800-\uDFFF]', '?') is json));

alter table customer add constraint customer_makes_sense check (known is null or regexp_replace(known, '[\uD800-\uDFFF]', '?') is json);

alter table rehearsal add constraint rehearsal_makes_sense check (regexp_replace(content, '[\uD800-\uDFFF]', '?') is json);

-- SHA-256 over what defines all tables, as this version of H2 writes it down: one row.
create table schema_digest (
  h2_version varchar(20) not null,
  digest varchar(64) not null
);
