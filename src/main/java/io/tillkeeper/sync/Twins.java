package io.tillkeeper.sync;

import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.customer.FieldValue;
import io.tillkeeper.customer.Normal;
import io.tillkeeper.odoo.PartnerRecord;
import io.tillkeeper.odoo.TwinKeys;
import io.tillkeeper.queue.Findings.Candidate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out whether a new customer is somebody whom Odoo has already. */
final class Twins {

  private static final String VAT = "vat";
  private static final String BARCODE = "barcode";
  private static final String EMAIL = "email";
  private static final String PHONE = "phone";
  private static final String PARENT_ID = "parent_id";

  private final TwinConfig policies;
  private final Normal normal;

  Twins(TwinConfig policies, Normal normal) {
    this.policies = policies;
    this.normal = normal;
  }

  /** What is to be done with a new customer. */
  sealed interface Verdict {

    /** Nobody in Odoo is like this customer. */
    record Unique() implements Verdict {}

    /** The customer is this partner. */
    record Same(Candidate twin) implements Verdict {}

    /** A person must decide. */
    record Doubtful(List<Candidate> candidates) implements Verdict {}
  }

  /** What to search by for all of these customers at once. */
  TwinKeys keys(Collection<CustomerValues> customers) {
    return new TwinKeys(
        customers.stream()
            .flatMap(customer -> customer.text(VAT).stream())
            .flatMap(vat -> Stream.of(vat.strip(), Normal.vat(vat)))
            .filter(vat -> !vat.isEmpty())
            .collect(Collectors.toSet()),
        union(customers, customer -> one(customer.text(BARCODE))),
        union(customers, Twins::emails),
        customers.stream()
            .flatMap(customer -> Stream.concat(phones(customer).stream(), phonesAsTyped(customer)))
            .collect(Collectors.toSet()));
  }

  private static Set<String> union(
      Collection<CustomerValues> customers, Function<CustomerValues, Set<String>> key) {
    return customers.stream()
        .flatMap(customer -> key.apply(customer).stream())
        .collect(Collectors.toSet());
  }

  /** Whether two new customers have something in common that could make them one. */
  boolean alike(CustomerValues one, CustomerValues other) {
    return matches(one, other).stream().anyMatch(key -> policy(Set.of(key)) != TwinPolicy.CREATE);
  }

  /**
   * Judges one new customer.
   *
   * @param parentId the company it belongs to, if there is one
   * @param partners what the search found, for this and for other customers
   */
  Verdict judge(CustomerValues customer, @Nullable Long parentId, List<PartnerRecord> partners) {
    var same = new ArrayList<Candidate>();
    var doubtful = new ArrayList<Candidate>();
    for (var partner : withoutContactsOfOthers(customer, partners)) {
      var matches = matches(customer, partner.values());
      if (parentId != null) {
        matches.removeAll(sharedInACompany(parentId, partner));
      }
      switch (policy(matches)) {
        case LINK -> same.add(candidate(partner, matches));
        case HOLD -> doubtful.add(candidate(partner, matches));
        case CREATE -> {} // not a twin by the shop's own rules
      }
    }
    if (same.size() == 1 && !same.getFirst().archived()) {
      return new Verdict.Same(same.getFirst());
    }
    same.addAll(doubtful);
    return same.isEmpty() ? new Verdict.Unique() : new Verdict.Doubtful(same);
  }

  /**
   * In Odoo the contacts of a company carry its VAT number: where the company itself matches, they
   * say nothing more.
   */
  private List<PartnerRecord> withoutContactsOfOthers(
      CustomerValues customer, List<PartnerRecord> partners) {
    var matching =
        partners.stream()
            .filter(partner -> matches(customer, partner.values()).contains(VAT))
            .map(PartnerRecord::id)
            .collect(Collectors.toSet());
    return partners.stream()
        .filter(partner -> parent(partner).filter(matching::contains).isEmpty())
        .toList();
  }

  /**
   * What a contact may have in common with its company, or with a colleague, without being the
   * same.
   */
  private static Set<String> sharedInACompany(long parentId, PartnerRecord partner) {
    if (partner.id() == parentId) {
      return Set.of(VAT, EMAIL, PHONE);
    }
    return parent(partner).filter(id -> id == parentId).isPresent() ? Set.of(VAT, PHONE) : Set.of();
  }

  private static Optional<Long> parent(PartnerRecord partner) {
    return partner.values().fields().get(PARENT_ID) instanceof FieldValue.Reference parent
        ? Optional.of(parent.id())
        : Optional.empty();
  }

  private TwinPolicy policy(Set<String> matches) {
    var policies =
        Stream.of(
                matches.contains(VAT) ? this.policies.vat() : TwinPolicy.CREATE,
                matches.contains(BARCODE) ? this.policies.barcode() : TwinPolicy.CREATE,
                contactPolicy(matches))
            .collect(Collectors.toSet());
    return Collections.min(policies);
  }

  private TwinPolicy contactPolicy(Set<String> matches) {
    if (matches.contains(EMAIL)) {
      return matches.contains(PHONE) ? policies.emailAndPhone() : policies.email();
    }
    return matches.contains(PHONE) ? policies.phone() : TwinPolicy.CREATE;
  }

  private Set<String> matches(CustomerValues one, CustomerValues other) {
    var matches = new HashSet<String>();
    add(matches, VAT, vats(one), vats(other));
    add(matches, BARCODE, one(one.text(BARCODE)), one(other.text(BARCODE)));
    add(matches, EMAIL, emails(one), emails(other));
    add(matches, PHONE, phones(one), phones(other));
    return matches;
  }

  private static void add(Set<String> matches, String key, Set<String> one, Set<String> other) {
    if (!Collections.disjoint(one, other)) {
      matches.add(key);
    }
  }

  private static Set<String> vats(CustomerValues values) {
    return one(values.text(VAT).map(Normal::vat));
  }

  private static Set<String> emails(CustomerValues values) {
    return one(values.text(EMAIL).map(Normal::email));
  }

  private Set<String> phones(CustomerValues values) {
    return Stream.of("phone", "mobile", "phone_sanitized")
        .flatMap(field -> values.text(field).stream())
        .map(normal::phone)
        .filter(phone -> !phone.isEmpty())
        .collect(Collectors.toSet());
  }

  private static Stream<String> phonesAsTyped(CustomerValues values) {
    return Stream.of("phone", "mobile")
        .flatMap(field -> values.text(field).stream())
        .map(String::strip);
  }

  private static Set<String> one(Optional<String> value) {
    return value.map(String::strip).filter(text -> !text.isEmpty()).stream()
        .collect(Collectors.toSet());
  }

  private static Candidate candidate(PartnerRecord partner, Set<String> matches) {
    var shown =
        partner.values().without("email_normalized").without("phone_sanitized").without("active");
    return new Candidate(
        partner.id(),
        isArchived(partner),
        matches.stream().sorted().toList(),
        shown.withoutEmpty());
  }

  private static boolean isArchived(PartnerRecord partner) {
    return partner.values().fields().get("active") instanceof FieldValue.Empty;
  }
}
