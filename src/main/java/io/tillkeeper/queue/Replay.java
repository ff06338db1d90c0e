package io.tillkeeper.queue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.tillkeeper.storage.Journal;
import io.tillkeeper.storage.Restored;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Completes a database that is a copy: takes in from the journal what was accepted after the copy
 * was made. What is open afterwards may have been delivered already, and is marked so: each is then
 * compared with what Odoo has, and asks a person rather than overwrite anything.
 *
 * <p>Each batch is a transaction of its own. After a crash all of it is done again, which changes
 * nothing more.
 */
@ApplicationScoped
class Replay {

  /** When the database is open, and before anybody looks into it. */
  private static final int EARLY = Interceptor.Priority.PLATFORM_BEFORE + 1;

  private static final Logger LOG = Logger.getLogger(Replay.class);
  private static final int BATCH = 500;

  private final Restored restored;
  private final Journal journal;
  private final OperationRows operations;
  private final OperationNumbers numbers;
  private final CustomerRows customers;
  private final CustomerViews views;
  private final SearchText searchText;
  private final Erasures erasures;
  private final RestoreNote note;
  private final InstantSource clock;

  Replay(
      Restored restored,
      Journal journal,
      OperationRows operations,
      OperationNumbers numbers,
      CustomerRows customers,
      CustomerViews views,
      SearchText searchText,
      Erasures erasures,
      RestoreNote note,
      InstantSource clock) {
    this.restored = restored;
    this.journal = journal;
    this.operations = operations;
    this.numbers = numbers;
    this.customers = customers;
    this.views = views;
    this.searchText = searchText;
    this.erasures = erasures;
    this.note = note;
    this.clock = clock;
  }

  void start(@Observes @Priority(EARLY) StartupEvent event) {
    if (restored.isIncomplete()) {
      try {
        var missing = complete();
        if (missing > 0) {
          LOG.warnf("%d operations are taken in from the journal.", missing);
        }
        erasures.doubt();
        erasures.finish();
        note.write(restored.at());
        restored.completed();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Returns how many operations were missing. */
  int complete() throws IOException {
    var last = QuarkusTransaction.requiringNew().call(operations::lastSeq);
    // one may be there twice, where the disk failed while it was written
    var bySeq = new TreeMap<Long, JournalEntry>();
    journal.entries().stream()
        .map(Content::readEntry)
        .filter(entry -> entry.seq() > last)
        .forEach(entry -> bySeq.put(entry.seq(), entry));
    var missing = List.copyOf(bySeq.values());
    for (var from = 0; from < missing.size(); from += BATCH) {
      var batch = missing.subList(from, Math.min(from + BATCH, missing.size()));
      QuarkusTransaction.requiringNew().run(() -> batch.forEach(this::takeIn));
    }
    for (var after = 0L; after >= 0; ) {
      var from = after;
      after = QuarkusTransaction.requiringNew().call(() -> markOpen(from));
    }
    QuarkusTransaction.requiringNew().run(() -> numbers.continueAfter(operations.lastSeq()));
    QuarkusTransaction.requiringNew().run(customers::continueAfterLast);
    return missing.size();
  }

  private void takeIn(JournalEntry entry) {
    var customer = customers.findById(entry.ref());
    if (customer == null) {
      customer = CustomerRow.of(entry.ref(), entry.createdHere());
      customers.persist(customer);
    }
    if (entry.odooId() != null) {
      customers.link(customer, entry.odooId());
    }
    if (entry.localId() != null && customer.localId == null) {
      customers.nameLocally(customer, entry.localId());
    }
    customer.searchText =
        searchText.of(
            views.view(customer).change().overlaidWith(Content.read(entry.content())).values());
    operations.persist(entry.toRow());
  }

  /** Marks a batch of those that are open, and says after which to go on; negative when all are. */
  private long markOpen(long after) {
    var now = clock.instant();
    List<OperationRow> rows = operations.openAfter(after, BATCH);
    rows.forEach(row -> row.remember(now, OperationRow.RESTORED, null));
    return rows.size() < BATCH ? -1 : rows.getLast().seq;
  }
}
