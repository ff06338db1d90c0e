package io.tillkeeper.sync;

import org.jboss.logging.Logger;

/** A line for the operator's log: never a customer's data. */
record LogLine(Logger.Level level, String text) {

  void writeTo(Logger log) {
    log.log(level, text);
  }
}
