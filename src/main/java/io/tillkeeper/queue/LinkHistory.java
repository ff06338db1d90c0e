package io.tillkeeper.queue;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** What became of the link, as people were shown it: the last changes, on the disk. */
@ApplicationScoped
public class LinkHistory {

  /** A bound on the disk, and far more than a picture of a day can show. */
  private static final int LONGEST = 2_000;

  private final LinkChangeRows rows;
  private final GroupCommit commits;

  LinkHistory(LinkChangeRows rows, GroupCommit commits) {
    this.rows = rows;
    this.commits = commits;
  }

  /** Adds a change, and forgets the oldest. It is on the disk when this returns. */
  public void add(LinkChange change) {
    commits.write(
        () -> {
          var row = new LinkChangeRow();
          row.at = change.at();
          row.state = change.state();
          row.cause = change.cause();
          rows.persist(row);
          return rows.forgetUntil(row.id - LONGEST);
        });
  }

  /** The last change. */
  @Transactional
  public Optional<LinkChange> last() {
    return rows.last().map(LinkChangeRow::toChange);
  }

  /** All that are known, in the order in which they happened. */
  @Transactional
  public List<LinkChange> changes() {
    return rows.list("order by id").stream().map(LinkChangeRow::toChange).toList();
  }

  /** The rows of the changes; in the database's own language for the reason of the operations'. */
  @ApplicationScoped
  static class LinkChangeRows implements PanacheRepositoryBase<LinkChangeRow, Long> {

    Optional<LinkChangeRow> last() {
      return getSession()
          .createNativeQuery(
              "select * from link_change order by id desc limit 1", LinkChangeRow.class)
          .getResultStream()
          .findFirst();
    }

    int forgetUntil(long id) {
      return getEntityManager()
          .createNativeQuery("delete from link_change where id <= :id")
          .setParameter("id", id)
          .executeUpdate();
    }
  }
}
