package io.tillkeeper.sync;

import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Fault.Manner;
import io.tillkeeper.simulator.Fault.Moment;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What can go wrong with a call, and when, in the words of the table of bad lines.
 *
 * @param what the fault
 * @param when the moment of the call
 */
record BadLine(String what, String when) {

  private static final String BEFORE = "before the request";
  private static final String WORKING = "in its middle";
  private static final String AFTER = "after the commit";
  private static final String ANSWERING = "during the answer";

  /** All that are known, with what the simulator has to do for each. */
  static final Map<BadLine, Fault> ALL = all();

  private static Map<BadLine, Fault> all() {
    var all = new LinkedHashMap<BadLine, Fault>();
    all.put(new BadLine("connection refused", BEFORE), new Fault.Refuse());
    all.put(new BadLine("page of a portal", BEFORE), new Fault.CaptivePortal(false));
    all.put(new BadLine("redirect to a portal", BEFORE), new Fault.CaptivePortal(true));
    all.put(new BadLine("page \"not found\"", BEFORE), new Fault.Html404());
    all.put(new BadLine("429", BEFORE), new Fault.TooManyRequests(Duration.ofSeconds(7)));
    all.put(new BadLine("key withdrawn", BEFORE), new Fault.WrongKey());
    all.put(new BadLine("PostgreSQL down", BEFORE), new Fault.DatabaseDown());
    all.put(new BadLine("slow line", BEFORE), new Fault.Slow(Duration.ofMillis(20)));
    for (var manner : Manner.values()) {
      var what =
          switch (manner) {
            case RESET -> "connection reset";
            case CLOSE -> "connection closed";
            case BAD_GATEWAY -> "502 of a proxy";
          };
      all.put(new BadLine(what, BEFORE), new Fault.Cut(Moment.BEFORE_REQUEST, manner));
      all.put(new BadLine(what, WORKING), new Fault.Cut(Moment.BEFORE_COMMIT, manner));
      all.put(new BadLine(what, AFTER), new Fault.Cut(Moment.AFTER_COMMIT, manner));
      if (manner != Manner.BAD_GATEWAY) {
        all.put(new BadLine(what, ANSWERING), new Fault.Cut(Moment.IN_ANSWER, manner));
      }
    }
    all.put(new BadLine("silence, rolled back", WORKING), new Fault.HangBeforeCommit(false));
    all.put(new BadLine("silence, committed", WORKING), new Fault.HangBeforeCommit(true));
    all.put(new BadLine("silence", AFTER), new Fault.HangAfterCommit());
    all.put(new BadLine("silence", ANSWERING), new Fault.HangMidAnswer());
    all.put(new BadLine("a byte a second", ANSWERING), new Fault.Trickle(Duration.ofSeconds(1)));
    all.put(new BadLine("a thousand bytes a second", ANSWERING), trickle());
    all.put(new BadLine("race lost", WORKING), new Fault.Conflict("could not serialize access"));
    for (var name :
        List.of(
            "odoo.exceptions.UserError",
            "odoo.exceptions.AccessError",
            "psycopg2.errors.SerializationFailure",
            "psycopg2.InterfaceError",
            "builtins.MemoryError")) {
      all.put(
          new BadLine(name.substring(name.lastIndexOf('.') + 1), WORKING),
          new Fault.OdooException(name, "said the test"));
    }
    return all;
  }

  private static Fault trickle() {
    return new Fault.Trickle(Duration.ofMillis(1));
  }
}
