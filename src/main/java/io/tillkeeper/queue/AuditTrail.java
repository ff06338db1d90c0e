package io.tillkeeper.queue;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What people decided, for ever. An entry is written with what was decided, in one transaction, so
 * that neither is on the disk without the other. Each carries a hash over itself and the one
 * before: who changes or removes one must change all that follow, and the last hash with them.
 */
@ApplicationScoped
public class AuditTrail {

  private static final int PAGE = 500;

  private final AuditRows rows;
  private final InstantSource clock;

  AuditTrail(AuditRows rows, InstantSource clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * Whether the trail is as it was written.
   *
   * @param entries how many there are
   * @param lastHash of the last; null when there is none. Who has noted it down elsewhere sees by
   *     it that none was removed at the end
   * @param broken the first that is not as it was written, or does not follow the one before; null
   *     when all do
   */
  public record Verification(long entries, @Nullable String lastHash, @Nullable Long broken) {}

  /** Adds an entry for what is not in the queue. It is on the disk when this returns. */
  @Transactional
  public void record(String by, String action, String detail) {
    append(by, action, detail);
  }

  /** Adds an entry, within a transaction of the caller's. */
  void append(String by, String action, String detail) {
    var last = last();
    rows.persist(
        AuditRow.of(
            AuditEntry.after(
                last.map(AuditEntry::id).orElse(0L),
                last.map(AuditEntry::hash).orElse(AuditEntry.NOTHING_BEFORE),
                // as the column keeps it
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                by,
                action,
                detail)));
  }

  private Optional<AuditEntry> last() {
    return rows.find("order by id desc")
        .page(Page.ofSize(1))
        .firstResultOptional()
        .map(AuditRow::toEntry);
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
    var lastId = 0L;
    var lastHash = AuditEntry.NOTHING_BEFORE;
    for (var page = entries(0, PAGE); !page.isEmpty(); page = entries(lastId, PAGE)) {
      for (var entry : page) {
        if (!entry.follows(lastId, lastHash)) {
          return new Verification(
              rows.count(), last().map(AuditEntry::hash).orElse(null), entry.id());
        }
        lastId = entry.id();
        lastHash = entry.hash();
      }
    }
    return new Verification(lastId, lastId == 0 ? null : lastHash, null);
  }

  /** The rows of the trail. */
  @ApplicationScoped
  static class AuditRows implements PanacheRepositoryBase<AuditRow, Long> {}
}
