package io.tillkeeper.queue;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.tillkeeper.customer.CustomerAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The queries over customers, and over which partner they are. */
@ApplicationScoped
class CustomerRows implements PanacheRepositoryBase<CustomerRow, UUID> {

  Optional<CustomerRow> at(CustomerAddress address) {
    return switch (address) {
      case CustomerAddress.ByRef byRef -> findByIdOptional(byRef.ref());
      case CustomerAddress.ByOdooId byOdooId ->
          Optional.ofNullable(getEntityManager().find(PartnerRow.class, byOdooId.odooId()))
              .flatMap(partner -> findByIdOptional(partner.ref));
    };
  }

  List<CustomerRow> withRefs(Collection<UUID> refs) {
    return list("ref in ?1", refs);
  }

  /** The database ids of those that Odoo has. */
  Map<UUID, Long> odooIds(Collection<UUID> refs) {
    return withRefs(refs).stream()
        .filter(row -> row.odooId != null)
        .collect(Collectors.toMap(row -> row.ref, row -> row.odooId));
  }

  /** The negative ids of those that have one. */
  Map<UUID, Long> localIds(Collection<UUID> refs) {
    return withRefs(refs).stream()
        .filter(row -> row.localId != null)
        .collect(Collectors.toMap(row -> row.ref, row -> row.localId));
  }

  /** Those of whom something is known. */
  Stream<CustomerRow> known() {
    return stream("known is not null");
  }

  /** Those whose search text contains one of these. */
  List<CustomerRow> containing(List<String> needles, int limit) {
    var parameters = new HashMap<String, Object>();
    var terms = new StringBuilder();
    for (var i = 0; i < needles.size(); i++) {
      terms
          .append(i == 0 ? "" : " or ")
          .append("searchText like :needle")
          .append(i)
          .append(" escape '!'");
      parameters.put("needle" + i, "%" + needles.get(i).replaceAll("([!%_])", "!$1") + "%");
    }
    return find(terms + " order by searchText, ref", parameters).page(Page.ofSize(limit)).list();
  }

  /** Writes down that Odoo has a customer, under this id. */
  void link(CustomerRow customer, long odooId) {
    customer.odooId = odooId;
    if (getEntityManager().find(PartnerRow.class, odooId) == null) {
      getEntityManager().persist(PartnerRow.of(odooId, customer.ref));
    }
  }

  /** Writes down that a number of Odoo's is another customer's from now on. */
  void passOn(long odooId, UUID ref) {
    getEntityManager().find(PartnerRow.class, odooId).ref = ref;
  }

  /** Writes down that a customer's number in Odoo is its own no more. */
  void forgetNumber(CustomerRow customer) {
    var partner = getEntityManager().find(PartnerRow.class, customer.odooId);
    if (partner != null && partner.ref.equals(customer.ref)) {
      getEntityManager().remove(partner);
    }
  }

  /** Gives a customer a negative id, by which it is found for ever. */
  void nameLocally(CustomerRow customer) {
    var next =
        (Number)
            getEntityManager()
                .createNativeQuery("select next value for local_id_seq", Long.class)
                .getSingleResult();
    nameLocally(customer, -next.longValue());
  }

  /** Gives a customer a negative id that it had before. */
  void nameLocally(CustomerRow customer, long localId) {
    customer.localId = localId;
    getEntityManager().persist(PartnerRow.of(localId, customer.ref));
  }

  /** The negative ids that come next are those that nobody has. */
  void continueAfterLast() {
    var lowest =
        getEntityManager()
            .createQuery("select min(c.localId) from CustomerRow c", Long.class)
            .getSingleResult();
    getEntityManager()
        .createNativeQuery(
            "alter sequence local_id_seq restart with " + (lowest == null ? 1 : 1 - lowest))
        .executeUpdate();
  }
}
