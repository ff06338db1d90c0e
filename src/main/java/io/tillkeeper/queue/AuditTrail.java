package io.tillkeeper.queue;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Page;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What people decided, for ever. An entry is written with what was decided, in one transaction, so
 * that neither is on the disk without the other. Each carries a hash over itself and the one
 * before: who changes or removes one must change all that follow, and the last hash with them,
 * which {@link AuditHead} keeps outside of the database.
 */
@ApplicationScoped
public class AuditTrail {

  private static final Logger LOG = Logger.getLogger(AuditTrail.class);
  private static final int PAGE = 500;

  private final AuditRows rows;
  private final AuditHead head;
  private final GroupCommit commits;
  private final Changes changes;
  private final InstantSource clock;

  AuditTrail(
      AuditRows rows, AuditHead head, GroupCommit commits, Changes changes, InstantSource clock) {
    this.rows = rows;
    this.head = head;
    this.commits = commits;
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * Whether the trail is as it was written.
   *
   * @param entries how many there are
   * @param lastHash of the last; null when there is none
   * @param broken the first that is not as it was written, or does not follow the one before; null
   *     when all do
   * @param missing those at the end that were written and are gone; null when none is
   * @param replaced the one that was the last at a time and is another now; null when it is not
   */
  public record Verification(
      long entries,
      @Nullable String lastHash,
      @Nullable Long broken,
      @Nullable Gap missing,
      @Nullable Long replaced) {

    /** Whether nothing was found. */
    public boolean isIntact() {
      return broken == null && missing == null && replaced == null;
    }
  }

  /** Entries that are not there, from one id to another. */
  public record Gap(long first, long last) {}

  /** Begins the file: there was none yet, or it was lost. */
  void start(@Observes StartupEvent event) {
    if (!head.isKept()) {
      var last = QuarkusTransaction.requiringNew().call(this::last);
      last.ifPresent(
          entry ->
              LOG.warnf(
                  "Entry %d is taken for the last one of the audit trail from now on.",
                  entry.id()));
      head.put(last.map(AuditHead.Place::of).orElse(AuditHead.Place.BEFORE_ALL));
    }
  }

  /** Adds an entry for what is not in the queue. It is on the disk when this returns. */
  public void record(String by, String action, String detail) {
    commits.write(
        () -> {
          append(by, action, detail);
          return action;
        });
  }

  /** Adds an entry, within a transaction of {@link GroupCommit}'s. */
  void append(String by, String action, String detail) {
    var whole = has(head.place());
    var entry = add(by, action, detail);
    if (whole) {
      changes.audited(entry);
    } else {
      LOG.warn(
          "The audit trail lacks entries that were written to it: 'tillkeeper audit verify' says which.");
    }
  }

  /** Adds an entry, and leaves it to the caller to say that it is the last now. */
  AuditEntry add(String by, String action, String detail) {
    var last = last();
    var entry =
        AuditEntry.after(
            last.map(AuditEntry::id).orElse(0L),
            last.map(AuditEntry::hash).orElse(AuditEntry.NOTHING_BEFORE),
            // as the column keeps it
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            by,
            action,
            detail);
    rows.persist(AuditRow.of(entry));
    return entry;
  }

  Optional<AuditEntry> last() {
    return rows.find("order by id desc")
        .page(Page.ofSize(1))
        .firstResultOptional()
        .map(AuditRow::toEntry);
  }

  /** Whether the entry of this place is the one that was written there. */
  boolean has(AuditHead.Place place) {
    return place.id() == 0
        || rows.findByIdOptional(place.id())
            .filter(row -> row.hash.equals(place.hash()))
            .isPresent();
  }

  /** A page of entries in their order. */
  @Transactional
  public List<AuditEntry> entries(long after, int limit) {
    return rows.find("id > ?1 order by id", after).page(Page.ofSize(limit)).list().stream()
        .map(AuditRow::toEntry)
        .toList();
  }

  /** Reads all of it and computes each hash anew. */
  @Transactional
  public Verification verify() {
    var written = head.place(); // before it is read: it moves on after the trail does
    var broken = broken();
    var last = last();
    var lastId = last.map(AuditEntry::id).orElse(0L);
    return new Verification(
        rows.count(),
        last.map(AuditEntry::hash).orElse(null),
        broken,
        written.id() > lastId ? new Gap(lastId + 1, written.id()) : null,
        written.id() <= lastId && !has(written) ? written.id() : null);
  }

  private @Nullable Long broken() {
    var lastId = 0L;
    var lastHash = AuditEntry.NOTHING_BEFORE;
    for (var page = entries(0, PAGE); !page.isEmpty(); page = entries(lastId, PAGE)) {
      for (var entry : page) {
        if (!entry.follows(lastId, lastHash)) {
          return entry.id();
        }
        lastId = entry.id();
        lastHash = entry.hash();
      }
    }
    return null;
  }

  /** The rows of the trail. */
  @ApplicationScoped
  static class AuditRows implements PanacheRepositoryBase<AuditRow, Long> {}
}
