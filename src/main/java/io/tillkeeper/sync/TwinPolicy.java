package io.tillkeeper.sync;

/** What is done when a new customer looks like a partner that Odoo has. */
public enum TwinPolicy {
  /** The customer is that partner; only what is empty in Odoo is filled. */
  LINK,
  /** A person decides; the operation is held. */
  HOLD,
  /** The customer is created all the same. */
  CREATE
}
