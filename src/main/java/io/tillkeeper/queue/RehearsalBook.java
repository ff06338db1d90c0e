package io.tillkeeper.queue;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The last rehearsals. What is written is on the disk when its method returns, so that one that a
 * crash interrupts is cleaned up after the next start.
 */
@ApplicationScoped
public class RehearsalBook {

  /** How many are kept. */
  private static final int KEPT = 20;

  private final RehearsalRows rows;
  private final CustomerRows customers;
  private final GroupCommit commits;

  RehearsalBook(RehearsalRows rows, CustomerRows customers, GroupCommit commits) {
    this.rows = rows;
    this.customers = customers;
    this.commits = commits;
  }

  /** Those that are kept, newest first. */
  @Transactional
  public List<Rehearsal> newest() {
    return rows.newest().stream().map(RehearsalRow::toRehearsal).toList();
  }

  /** One of them. */
  @Transactional
  public Optional<Rehearsal> rehearsal(String id) {
    return rows.findByIdOptional(id).map(RehearsalRow::toRehearsal);
  }

  /** The one of which something is left to do; there is never more than one. */
  @Transactional
  public Optional<Rehearsal> unfinished() {
    return rows.unfinished().map(RehearsalRow::toRehearsal);
  }

  /** Writes down where a rehearsal stands. */
  public void save(Rehearsal rehearsal) {
    commits.write(() -> write(rehearsal));
  }

  /** Writes down the end of a rehearsal. A search does not find its customers any more. */
  public void close(Rehearsal rehearsal, List<UUID> testCustomers) {
    commits.write(
        () -> {
          customers.withRefs(testCustomers).forEach(customer -> customer.searchText = "");
          return write(rehearsal);
        });
  }

  private String write(Rehearsal rehearsal) {
    var row = rows.findById(rehearsal.id());
    if (row == null) {
      row = new RehearsalRow();
      row.id = rehearsal.id();
      row.startedAt = rehearsal.times().startedAt();
      fill(row, rehearsal);
      rows.persist(row);
      rows.newest().stream().skip(KEPT).forEach(rows::delete);
    } else {
      fill(row, rehearsal);
    }
    return row.id;
  }

  private static void fill(RehearsalRow row, Rehearsal rehearsal) {
    row.finished = rehearsal.cleanedUp();
    row.content = Content.writeRehearsal(rehearsal);
  }

  /** The rows of the rehearsals. */
  @ApplicationScoped
  static class RehearsalRows implements PanacheRepositoryBase<RehearsalRow, String> {

    /** In the database's own language for the reason of the operations'. */
    Optional<RehearsalRow> unfinished() {
      return getSession()
          .createNativeQuery("select * from rehearsal where not finished", RehearsalRow.class)
          .getResultStream()
          .findFirst();
    }

    List<RehearsalRow> newest() {
      return list("order by startedAt desc, id desc");
    }
  }
}
