package io.tillkeeper.sync;

import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.customer.FieldValue;
import io.tillkeeper.customer.Normal;
import io.tillkeeper.odoo.PartnerRecord;
import io.tillkeeper.odoo.TwinKeys;
import io.tillkeeper.queue.Findings.Candidate;
import io.tillkeeper.sync.Lookalikes.Match;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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

  /** What the search found, for all customers of a round. */
  Lookalikes<PartnerRecord> partners(List<PartnerRecord> found) {
    var partners = new Lookalikes<PartnerRecord>();
    found.forEach(partner -> partners.add(partner, traits(partner.values())));
    return partners;
  }

  /** By what a customer, or a partner, may be the same as another. */
  Set<Trait> traits(CustomerValues values) {
    return Stream.of(
            traits(VAT, vats(values)),
            traits(BARCODE, one(values.text(BARCODE))),
            traits(EMAIL, emails(values)),
            traits(PHONE, phones(values)))
        .flatMap(Function.identity())
        .collect(Collectors.toSet());
  }

  private static Stream<Trait> traits(String key, Set<String> values) {
    return values.stream().map(value -> new Trait(key, value));
  }

  /** Whether a new customer has something in common with others that could make them one. */
  boolean isLikeAny(Set<Trait> customer, Lookalikes<?> others) {
    return others.with(customer).stream()
        .flatMap(match -> match.keys().stream())
        .anyMatch(key -> policy(Set.of(key)) != TwinPolicy.CREATE);
  }

  /**
   * Judges one new customer.
   *
   * @param customer what tells the customer apart
   * @param parentId the company it belongs to, if there is one
   * @param partners what the search found, for this and for other customers
   */
  Verdict judge(Set<Trait> customer, @Nullable Long parentId, Lookalikes<PartnerRecord> partners) {
    var same = new ArrayList<Candidate>();
    var doubtful = new ArrayList<Candidate>();
    for (var match : withoutContactsOfOthers(partners.with(customer))) {
      var keys = match.keys();
      if (parentId != null) {
        keys.removeAll(sharedInACompany(parentId, match.who()));
      }
      switch (policy(keys)) {
        case LINK -> same.add(candidate(match.who(), keys));
        case HOLD -> doubtful.add(candidate(match.who(), keys));
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
  private static List<Match<PartnerRecord>> withoutContactsOfOthers(
      List<Match<PartnerRecord>> matches) {
    var sameVat =
        matches.stream()
            .filter(match -> match.keys().contains(VAT))
            .map(match -> match.who().id())
            .collect(Collectors.toSet());
    return matches.stream()
        .filter(match -> parent(match.who()).filter(sameVat::contains).isEmpty())
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
