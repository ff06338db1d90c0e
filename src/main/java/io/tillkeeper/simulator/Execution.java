package io.tillkeeper.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/**
 * One model call from its snapshot to its commit; time may pass between the two, in which others
 * commit.
 */
final class Execution {

  /** How a call ended. */
  sealed interface Outcome {
    record Done(JsonNode result) implements Outcome {}

    record Raised(OdooError error) implements Outcome {}
  }

  private sealed interface Work {
    record Ready(Models.Result result, Transaction transaction) implements Work {}

    record Failed(OdooError error) implements Work {}
  }

  private static final int TRIES = 5;

  private final Models models;
  private final PartnerTable table;
  private final Call call;
  private Work work;

  /** Takes the snapshot and works on it. */
  Execution(Models models, PartnerTable table, Call call) {
    this.models = models;
    this.table = table;
    this.call = call;
    this.work = work();
  }

  /**
   * Commits. When others were faster, {@code load} says that it lost, and any other call is tried
   * again on what they left, five times, as in Odoo.
   */
  Outcome commit() {
    for (int tried = 1; tried <= TRIES; tried++) {
      switch (work) {
        case Work.Failed failed -> {
          return new Outcome.Raised(failed.error());
        }
        case Work.Ready ready -> {
          Set<Object> conflicts = table.commit(ready.transaction());
          if (conflicts.isEmpty()) {
            ready.transaction().committed();
            return new Outcome.Done(ready.result().value());
          }
          if (ready.result().ifLost() != null) {
            return new Outcome.Done(
                ready.result().ifLost().apply(conflicts, OdooError.SERIALIZATION));
          }
          work = work();
        }
      }
    }
    return new Outcome.Raised(serialization(OdooError.SERIALIZATION));
  }

  /** Ends without a commit, as if somebody else had won; each row of a {@code load} lost. */
  Outcome lose(String words) {
    if (call.method() != Method.LOAD) {
      return new Outcome.Raised(serialization(words));
    }
    LoadMessages lost = new LoadMessages(models.version());
    for (int i = 0; i < call.argument("data").size() && !lost.interrupted(); i++) {
      lost.row(i, serialization(words));
    }
    return new Outcome.Done(lost.result(List.of()));
  }

  private Work work() {
    Transaction transaction = table.begin();
    try {
      return new Work.Ready(models.execute(call, transaction), transaction);
    } catch (OdooError error) {
      return new Work.Failed(error);
    }
  }

  private static OdooError serialization(String words) {
    return OdooError.of("psycopg2.errors.SerializationFailure", words);
  }
}
