package io.tillkeeper.odoo;

import java.util.Locale;

/** A stretch of the way from the box to a customer in Odoo, in the order in which it is gone. */
public enum Hop {
  /** The box has an address and a way out. */
  NETWORK,
  /** The name of the server is found. */
  NAME,
  /** The server takes a connection. */
  SERVER,
  /** The connection is secure; there is no such hop for {@code http}. */
  TLS,
  /** What answers is an Odoo that is able to work. */
  ODOO,
  /** Odoo has the database. */
  DATABASE,
  /** The database accepts the key. */
  KEY;

  /** The stable word for it in the API. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
