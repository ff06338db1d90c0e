package io.tillkeeper.queue;

import io.tillkeeper.queue.AuditHead.Place;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/**
 * Has the audit trail say for ever that the database was replaced, and what of the trail was lost
 * with the one before. The trail goes on from there.
 */
@ApplicationScoped
class RestoreNote {

  /** No person's name: nobody is asked at the start. */
  private static final String BY = "tillkeeper";

  private static final String ACTION = "restore";

  private final GroupCommit commits;
  private final AuditTrail trail;
  private final AuditHead head;
  private final Changes changes;

  RestoreNote(GroupCommit commits, AuditTrail trail, AuditHead head, Changes changes) {
    this.commits = commits;
    this.trail = trail;
    this.head = head;
    this.changes = changes;
  }

  /**
   * Writes the entry, once for each time that the database was replaced. It is on the disk when
   * this returns; after a crash it may be called again.
   *
   * @param replacedAt by which the one time is told from another
   */
  void write(Instant replacedAt) {
    var begins = "another file took the place of the database at %s; ".formatted(replacedAt);
    commits.write(
        () -> {
          var entry =
              trail
                  .last()
                  .filter(last -> last.action().equals(ACTION) && last.detail().startsWith(begins))
                  .orElseGet(() -> trail.add(BY, ACTION, begins + missing()));
          changes.audited(entry);
          return entry;
        });
  }

  private String missing() {
    var written = head.place();
    var first = trail.last().map(AuditEntry::id).orElse(0L) + 1;
    if (written.id() >= first) {
      return "%s in the database before and %s not in this one; the hash of the last was %s"
          .formatted(
              written.id() == first
                  ? "entry %d was".formatted(first)
                  : "entries %d to %d were".formatted(first, written.id()),
              written.id() == first ? "is" : "are",
              written.hash());
    }
    return trail.has(written) ? "no entry is known to be missing" : replaced(written);
  }

  /** It is older than one that was restored before. */
  private static String replaced(Place written) {
    return "entry %d, and maybe others, was another one in the database before; its hash was %s"
        .formatted(written.id(), written.hash());
  }
}
