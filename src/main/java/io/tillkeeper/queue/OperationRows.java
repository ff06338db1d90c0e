package io.tillkeeper.queue;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The queries over operations. Those that each start makes are in the database's own language:
 * Hibernate takes 10 ms for the first sight of one in its own, and no start has so much to spare.
 */
@ApplicationScoped
class OperationRows implements PanacheRepositoryBase<OperationRow, Long> {

  private static final String WHICH =
      " and (?2 is null or state = ?2) and (?3 is null or ref = ?3) ";

  private static final List<String> OPEN = List.of("pending", "sending", "held");

  private static final List<String> SETTLED = List.of("delivered", "discarded");

  Optional<OperationRow> withKey(UUID idempotencyKey) {
    return find("idempotencyKey", idempotencyKey).firstResultOptional();
  }

  Optional<OperationRow> createOf(UUID ref) {
    return find("ref = ?1 and kind = ?2 order by seq", ref, OperationKind.CREATE)
        .firstResultOptional();
  }

  /** The one that another till's operation is, if it is here. */
  Optional<OperationRow> same(UUID ref, Instant acceptedAt, UUID requestDigest) {
    return find(
            "ref = ?1 and acceptedAt = ?2 and requestDigest = ?3", ref, acceptedAt, requestDigest)
        .firstResultOptional();
  }

  /** What is not settled for good, for these customers, in order. */
  List<OperationRow> open(Collection<UUID> refs) {
    return list("ref in ?1 and state in ?2 order by seq", refs, OPEN);
  }

  /** In which states the customers' operations are that are not settled for good. */
  Map<UUID, Set<String>> openStates(Collection<UUID> refs) {
    return getEntityManager()
        .createQuery(
            "select distinct o.ref, o.state from OperationRow o where o.ref in :refs and o.state in :open",
            Object[].class)
        .setParameter("refs", refs)
        .setParameter("open", OPEN)
        .getResultStream()
        .collect(
            Collectors.groupingBy(
                pair -> (UUID) pair[0],
                Collectors.mapping(pair -> (String) pair[1], Collectors.toSet())));
  }

  List<OperationRow> page(@Nullable String state, @Nullable UUID ref, long after, int limit) {
    return find("seq > ?1" + WHICH + "order by seq", after, state, ref)
        .page(Page.ofSize(limit))
        .list();
  }

  List<OperationRow> newestPage(
      @Nullable String state, @Nullable UUID ref, long before, int limit) {
    return find("seq < ?1" + WHICH + "order by seq desc", before, state, ref)
        .page(Page.ofSize(limit))
        .list();
  }

  List<OperationRow> withSeqs(Collection<Long> seqs) {
    return list("seq in ?1 order by seq", seqs);
  }

  List<OperationRow> of(Collection<UUID> refs) {
    return list("ref in ?1 order by seq", refs);
  }

  /** What is not settled for good in these lanes, in order. */
  List<OperationRow> open(Collection<UUID> refs, int limit) {
    return find("ref in ?1 and state in ?2 order by seq", refs, OPEN)
        .page(Page.ofSize(limit))
        .list();
  }

  /**
   * The first open operation of each lane, where it may be sent. A contact waits for its company as
   * long as that is still to be created.
   *
   * <p>In the order of the index on state and seq, the state named too: H2 stops then after the
   * first so many, and otherwise looks at all that waits, each time.
   */
  List<OperationRow> due(Instant now, int limit) {
    return find(
            """
            from OperationRow o
            where o.state = 'pending' and o.notBefore <= ?1
              and not exists (
                select 1 from OperationRow before
                where before.ref = o.ref and before.seq < o.seq
                  and before.state in ('pending', 'sending', 'held'))
              and (o.parentRef is null or exists (
                select 1 from CustomerRow parent
                where parent.ref = o.parentRef and parent.odooId is not null)
                or not exists (
                select 1 from OperationRow creation
                where creation.ref = o.parentRef and creation.kind = CREATE
                  and creation.state in ('pending', 'sending', 'held')))
            order by o.state, o.seq
            """,
            now)
        .page(Page.ofSize(limit))
        .list();
  }

  /** What is not settled for good, in order. */
  List<OperationRow> openAfter(long seq, int limit) {
    return find("seq > ?1 and state in ?2 order by seq", seq, OPEN).page(Page.ofSize(limit)).list();
  }

  /**
   * Some that were settled for good before a moment, in order. Not the last of all: those that come
   * next come after it.
   *
   * @param after only those with a greater {@code seq}
   * @param last none with a greater {@code seq}
   */
  List<Long> settled(Instant before, long after, long last, int limit) {
    return settled("", before, after, Math.min(last, lastSeq() - 1), limit);
  }

  /** The same of those that still have their content, be it the last of all. */
  List<Long> settledWithContent(Instant before, long after, long last, int limit) {
    return settled(" and o.content <> '" + Content.NOTHING + "'", before, after, last, limit);
  }

  private List<Long> settled(String more, Instant before, long after, long last, int limit) {
    return getEntityManager()
        .createQuery(
            "select o.seq from OperationRow o where o.seq > :after and o.seq <= :last"
                + " and o.state in :settled and o.stateSince < :before"
                + more
                + " order by o.seq",
            Long.class)
        .setParameter("after", after)
        .setParameter("last", last)
        .setParameter("settled", SETTLED)
        .setParameter("before", before)
        .setMaxResults(limit)
        .getResultList();
  }

  int remove(List<Long> seqs) {
    return Math.toIntExact(delete("seq in ?1", seqs));
  }

  /** Whether one of a customer's, up to this one, is not settled for good. */
  boolean isOpenUpTo(UUID ref, long last) {
    return count("ref = ?1 and seq <= ?2 and state in ?3", ref, last, OPEN) > 0;
  }

  /** Whether a customer has one that came later. */
  boolean isAnyAfter(UUID ref, long last) {
    return count("ref = ?1 and seq > ?2", ref, last) > 0;
  }

  /** Takes what is personal out of all of one customer's, up to this one, that are settled. */
  int scrubSettledOf(UUID ref, long last) {
    return scrub(
        getEntityManager()
            .createQuery(
                "select o.seq from OperationRow o where o.state in :settled and o.ref = :ref"
                    + " and o.seq <= :last and o.content <> :nothing",
                Long.class)
            .setParameter("settled", SETTLED)
            .setParameter("ref", ref)
            .setParameter("last", last)
            .setParameter("nothing", Content.NOTHING)
            .getResultList());
  }

  /**
   * Takes what is personal out of some. By the database itself: what was accepted can be changed in
   * no other way.
   */
  int scrub(List<Long> seqs) {
    return seqs.isEmpty()
        ? 0
        : getEntityManager()
            .createNativeQuery(
                """
                update operation set content = :nothing, base = null, digest = null, corrected = null, resolution = null,
                  findings = null, held_words = null, cashier = null, discard_reason = case when discard_reason is null then null else '' end
                where seq in (:seqs)
                """)
            .setParameter("nothing", Content.NOTHING)
            .setParameter("seqs", seqs)
            .executeUpdate();
  }

  /** Those after one that still have their content, in order. */
  List<OperationRow> withContentAfter(long seq, int limit) {
    return find("seq > ?1 and content <> ?2 order by seq", seq, Content.NOTHING)
        .page(Page.ofSize(limit))
        .list();
  }

  /** The last of all; 0 when there is none. */
  long lastSeq() {
    var last =
        getEntityManager()
            .createQuery("select max(o.seq) from OperationRow o", Long.class)
            .getSingleResult();
    return last == null ? 0 : last;
  }

  List<OperationRow> held(HeldReason reason) {
    return list("state = 'held' and heldReason = ?1 order by seq", reason);
  }

  Map<HeldReason, Long> heldByReason() {
    return getEntityManager()
        .createQuery(
            "select o.heldReason, count(*) from OperationRow o where o.state = 'held' group by o.heldReason",
            Object[].class)
        .getResultStream()
        .collect(Collectors.toMap(pair -> (HeldReason) pair[0], pair -> (Long) pair[1]));
  }

  List<OperationRow> sending() {
    return getSession()
        .createNativeQuery(
            "select * from operation where state = 'sending' order by seq", OperationRow.class)
        .getResultList();
  }

  /**
   * Some of those that wait and are not to be tried yet, in order. All that waits is looked at.
   *
   * @param after only those with a greater {@code seq}
   */
  List<Long> postponed(Instant now, long after, int limit) {
    return getSession()
        .createNativeQuery(
            "select seq from operation where state = 'pending' and seq > :after and not_before > :now order by state, seq",
            Long.class)
        .setParameter("after", after)
        .setParameter("now", now)
        .setMaxResults(limit)
        .getResultList();
  }

  int hasten(List<Long> seqs, Instant now) {
    return getEntityManager()
        .createNativeQuery(
            "update operation set not_before = :now where state = 'pending' and seq in (:seqs)")
        .setParameter("now", now)
        .setParameter("seqs", seqs)
        .executeUpdate();
  }

  Optional<Instant> nextDue(Instant now) {
    return Optional.ofNullable(
        getEntityManager()
            .createQuery(
                "select min(o.notBefore) from OperationRow o where o.state = 'pending' and o.notBefore > :now",
                Instant.class)
            .setParameter("now", now)
            .getSingleResult());
  }

  /** When the oldest that is not in Odoo and not held was accepted. */
  Optional<Instant> oldestWaiting() {
    return Stream.of("pending", "sending")
        .flatMap(state -> oldest(state).stream())
        .min(Comparator.naturalOrder());
  }

  /** State by state and in the order of their index, or the database would sort all of them. */
  private Optional<Instant> oldest(String state) {
    return getEntityManager()
        .createQuery(
            "select o.acceptedAt from OperationRow o where o.state = :state order by o.state, o.seq",
            Instant.class)
        .setParameter("state", state)
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  /** When the newest so many were accepted, as far as that was after a moment. */
  List<Instant> acceptedAfter(Instant from, int newest) {
    return getEntityManager()
        .createQuery(
            "select o.acceptedAt from OperationRow o where o.seq > :seq and o.acceptedAt >= :from",
            Instant.class)
        .setParameter("seq", oldestOf(newest))
        .setParameter("from", from)
        .getResultList();
  }

  /** When, of the newest so many, those were delivered that were so after a moment. */
  List<Instant> deliveredAfter(Instant from, int newest) {
    return getEntityManager()
        .createQuery(
            "select o.stateSince from OperationRow o"
                + " where o.state = 'delivered' and o.seq > :seq and o.stateSince >= :from",
            Instant.class)
        .setParameter("seq", oldestOf(newest))
        .setParameter("from", from)
        .getResultList();
  }

  private long oldestOf(int newest) {
    return lastSeq() - newest;
  }
}
