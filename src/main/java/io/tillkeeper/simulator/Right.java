package io.tillkeeper.simulator;

/** What the user of the till may do with partners. */
public enum Right {
  READ,
  CREATE,
  WRITE,
  UNLINK,
  /**
   * To see accounting fields. In Odoo 18 and 19 {@code load} fails on {@code credit_limit} without
   * it when it creates a contact of a company.
   */
  ACCOUNTING,
  /** To make users of Odoo, as its administrators may. */
  USERS
}
