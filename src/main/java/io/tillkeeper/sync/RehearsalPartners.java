package io.tillkeeper.sync;

import io.tillkeeper.customer.Normal;
import io.tillkeeper.odoo.LinkLost;
import io.tillkeeper.queue.OperationQueue;
import io.tillkeeper.queue.RehearsalCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a rehearsal asks of Odoo; nothing while the link is not up. */
@ApplicationScoped
class RehearsalPartners {

  private final OperationQueue queue;
  private final GuardedOdoo odoo;
  private final Link link;
  private final Normal normal;
  private final SyncConfig config;

  RehearsalPartners(
      OperationQueue queue, GuardedOdoo odoo, Link link, Normal normal, SyncConfig config) {
    this.queue = queue;
    this.odoo = odoo;
    this.link = link;
    this.normal = normal;
    this.config = config;
  }

  /** What Odoo has of the cast; empty when it gives no answer now. */
  Optional<List<RehearsalCheck>> check(RehearsalCast cast) {
    var lanes = RehearsalLanes.of(cast, queue);
    var odooIds = queue.odooIds(cast.refs());
    return onLine(
        line ->
            Optional.of(
                new RehearsalReview(normal, line).check(cast, lanes.operations(), odooIds)));
  }

  /** Archives the partners of the cast; empty when Odoo is to be asked again. */
  Optional<List<RehearsalCheck>> archive(RehearsalCast cast, List<RehearsalCheck> checks) {
    return onLine(line -> new RehearsalArchive(line, config.batch()).archive(cast, checks));
  }

  private <T> Optional<T> onLine(Function<RoundLine, Optional<T>> work) {
    if (!link.isUp()) {
      return Optional.empty();
    }
    try {
      return work.apply(new RoundLine(odoo));
    } catch (LinkLost loss) {
      return Optional.empty(); // the link knows
    }
  }
}
