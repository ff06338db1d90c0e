package io.tillkeeper.sync;

/** Who wins when the till and the back office changed the same field differently. */
public enum FieldPolicy {
  /** The till's value is written. */
  TILL,
  /** Odoo's value stays. */
  ODOO,
  /** For texts: what the till added is put after Odoo's text. */
  APPEND,
  /** A person decides; the operation is held. */
  ASK
}
