package io.tillkeeper.simulator;

import io.tillkeeper.simulator.Incoming.Conditions;

/** The one database and the one user. */
record Access(String database, String login, KeyRing keys, long uid) {

  boolean opens(String key, Conditions conditions) {
    return !conditions.keyRevoked() && keys.opens(key);
  }

  /** Refuses as PostgreSQL does it: through Odoo, in the middle of its work. */
  void requireDatabase(String name, Conditions conditions) {
    String reason = "";
    if (conditions.databaseDown()) {
      reason =
          "Connection refused\n\tIs the server running on that host and accepting TCP/IP"
              + " connections?\n";
    } else if (!name.equals(database)) {
      reason = "FATAL:  database \"" + name + "\" does not exist\n";
    }
    if (!reason.isEmpty()) {
      throw OdooError.of(
          "psycopg2.OperationalError",
          "connection to server at \"127.0.0.1\", port 5432 failed: " + reason);
    }
  }
}
