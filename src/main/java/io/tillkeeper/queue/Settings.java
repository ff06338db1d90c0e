package io.tillkeeper.queue;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** Single values that outlive the process. Each change is on the disk when its method returns. */
@ApplicationScoped
public class Settings {

  static final String DELIVERED_TOTAL = "delivered-total";
  static final String DISCARDED_TOTAL = "discarded-total";

  private final SettingRows rows;
  private final GroupCommit commits;
  private final AuditTrail audit;

  Settings(SettingRows rows, GroupCommit commits, AuditTrail audit) {
    this.rows = rows;
    this.commits = commits;
    this.audit = audit;
  }

  /** The value under a name; empty when it was never set. */
  @Transactional
  public Optional<String> get(String name) {
    return rows.findByIdOptional(name).map(row -> row.content);
  }

  /** Sets a value of at most 200 characters. */
  public void put(String name, String content) {
    commits.write(
        () -> {
          set(name, content);
          return name;
        });
  }

  /** Sets a value that somebody decided on, which the audit trail keeps. */
  public void decide(String by, String name, String content) {
    commits.write(
        () -> {
          set(name, content);
          audit.append(by, name, content);
          return name;
        });
  }

  /** A counter's value, within a transaction of the caller's. */
  long count(String name) {
    return rows.findByIdOptional(name).map(row -> Long.parseLong(row.content)).orElse(0L);
  }

  /** Counts up, within a transaction of the caller's. */
  void countUp(String name) {
    set(name, String.valueOf(count(name) + 1));
  }

  /** Sets a value, within a transaction of the caller's. */
  void set(String name, String content) {
    var row = rows.findById(name);
    if (row == null) {
      row = new SettingRow();
      row.name = name;
      row.content = content;
      rows.persist(row);
    } else {
      row.content = content;
    }
  }

  /** The rows of the settings. */
  @ApplicationScoped
  static class SettingRows implements PanacheRepositoryBase<SettingRow, String> {}
}
