package io.tillkeeper.sync;

import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.odoo.LinkLost;
import io.tillkeeper.queue.Operation;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A note for the back office about a change that was made while Odoo was not reachable: which till,
 * who, when, which fields; never the values. It is left once or, when the line is lost over it, not
 * at all, since a note that is repeated is there twice.
 */
final class OfflineNote {

  private static final Logger LOG = Logger.getLogger(OfflineNote.class);

  private static final Duration WORTH_A_NOTE = Duration.ofMinutes(1);

  private OfflineNote() {}

  static void leave(Target target, CustomerValues written, Round round) {
    var operations = target.shipment().operations();
    if (operations.stream().noneMatch(operation -> isLate(operation, round))) {
      return;
    }
    try {
      var text = text(operations.getLast(), written);
      round
          .line()
          .call(
              odoo -> {
                odoo.note(target.odooId(), text);
                return text;
              });
    } catch (LinkLost loss) {
      LOG.debugf(
          "The note about operation %d was not left: %s",
          target.shipment().seq(), loss.linkCause().code());
    }
  }

  private static boolean isLate(Operation operation, Round round) {
    return operation.acceptedAt().plus(WORTH_A_NOTE).isBefore(round.startedAt());
  }

  private static String text(Operation operation, CustomerValues written) {
    return "Changed at the till%s%s on %s, delivered later because Odoo was not reachable: %s."
        .formatted(
            named(" ", operation.till()),
            named(" by ", operation.cashier()),
            operation.acceptedAt(),
            written.fields().keySet().stream().collect(Collectors.joining(", ")));
  }

  /** Odoo 16 takes the text for markup, later versions do not: there is to be none in it. */
  private static String named(String before, @Nullable String name) {
    return name == null ? "" : before + name.replaceAll("[<>&]", "");
  }
}
