package io.tillkeeper.queue;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

/** An entry of the audit trail on the disk. */
@Entity
@Table(name = "audit_entry")
@NullUnmarked // filled by Hibernate
class AuditRow {

  @Id Long id;

  @Column(name = "at", updatable = false)
  Instant at;

  @Column(name = "decided_by", updatable = false)
  String by;

  @Column(updatable = false)
  String action;

  @Column(updatable = false)
  String detail;

  @Column(updatable = false)
  String hash;

  static AuditRow of(AuditEntry entry) {
    var row = new AuditRow();
    row.id = entry.id();
    row.at = entry.at();
    row.by = entry.by();
    row.action = entry.action();
    row.detail = entry.detail();
    row.hash = entry.hash();
    return row;
  }

  AuditEntry toEntry() {
    return new AuditEntry(id, at, by, action, detail, hash);
  }
}
