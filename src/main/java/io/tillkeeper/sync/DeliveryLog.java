package io.tillkeeper.sync;

import io.tillkeeper.queue.Outcome;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The lines for how a round ended: which operations, and what happens next. Without a customer's
 * data: neither values nor Odoo's words, which may repeat them. One line for each operation that
 * Odoo answered; one for all that wait for the same reason, since a lost link is lost for all.
 */
final class DeliveryLog {

  /** As many as a line of the journal has room for, whatever their numbers. */
  private static final int IDS_IN_A_LINE = 100;

  private DeliveryLog() {}

  static List<LogLine> lines(Map<Long, Outcome> outcomes) {
    var lines = new ArrayList<LogLine>();
    var waiting = new LinkedHashMap<Outcome.Unavailable, List<Long>>();
    outcomes.forEach(
        (seq, outcome) -> {
          switch (outcome) {
            case Outcome.Delivered delivered ->
                lines.add(
                    new LogLine(
                        Logger.Level.INFO,
                        "Operation %d delivered: partner %d in Odoo."
                            .formatted(seq, delivered.odooId())));
            case Outcome.Held held ->
                lines.add(
                    new LogLine(
                        Logger.Level.WARN,
                        ("Operation %d held: %s. Its customer's later operations wait; a person"
                                + " must decide.")
                            .formatted(seq, held.hold().reason().code())));
            case Outcome.Unavailable unavailable ->
                waiting.computeIfAbsent(unavailable, first -> new ArrayList<>()).add(seq);
            case Outcome.PutBack putBack ->
                lines.add(
                    new LogLine(
                        Logger.Level.DEBUG,
                        "Operation %d put back: it was not sent.".formatted(seq)));
          }
        });
    waiting.forEach(
        (why, seqs) -> {
          for (var from = 0; from < seqs.size(); from += IDS_IN_A_LINE) {
            var part = seqs.subList(from, Math.min(from + IDS_IN_A_LINE, seqs.size()));
            lines.add(new LogLine(Logger.Level.WARN, notDelivered(part, why.cause(), why)));
          }
        });
    return lines;
  }

  /**
   * The line for what a fault of Tillkeeper's own keeps from being sent.
   *
   * @param fault only where it is, not its message, which could hold a customer's data
   */
  static LogLine fault(List<Long> seqs, RuntimeException fault, Outcome.Unavailable outcome) {
    var where = "%s at %s".formatted(fault.getClass().getName(), fault.getStackTrace()[0]);
    return new LogLine(
        Logger.Level.ERROR,
        notDelivered(seqs, "a fault in Tillkeeper, %s".formatted(where), outcome));
  }

  private static String notDelivered(List<Long> seqs, String why, Outcome.Unavailable outcome) {
    var one = seqs.size() == 1;
    return "%s %s not delivered: %s. %s sent again, not before %s."
        .formatted(
            one ? "Operation" : "Operations",
            seqs.stream().map(String::valueOf).collect(Collectors.joining(", ")),
            why,
            one ? "It is" : "They are",
            outcome.notBefore().truncatedTo(ChronoUnit.SECONDS));
  }
}
