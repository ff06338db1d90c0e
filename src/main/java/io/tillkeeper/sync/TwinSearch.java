package io.tillkeeper.sync;

import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.customer.FieldValue;
import io.tillkeeper.odoo.PartnerRecord;
import io.tillkeeper.odoo.ReadAnswer;
import io.tillkeeper.queue.Findings;
import io.tillkeeper.queue.HeldReason;
import io.tillkeeper.queue.Hold;
import io.tillkeeper.queue.Outcome;
import io.tillkeeper.queue.Resolution;
import io.tillkeeper.queue.Shipment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks, with one search for all new customers of a round, who of them is in Odoo already. */
final class TwinSearch {

  private final Twins twins;

  TwinSearch(Twins twins) {
    this.twins = twins;
  }

  /**
   * Those who are to be created.
   *
   * @param known gets those who are partners that Odoo has
   * @throws io.tillkeeper.odoo.LinkLost when there is no answer of Odoo's
   */
  List<Shipment> unique(List<Shipment> fresh, List<Target> known, Round round) {
    var unique = new Lookalikes<Shipment>();
    search(fresh, round).ifPresent(partners -> sort(fresh, partners, unique, known, round));
    return unique.all();
  }

  private void sort(
      List<Shipment> fresh,
      List<PartnerRecord> found,
      Lookalikes<Shipment> unique,
      List<Target> known,
      Round round) {
    var refs = refs(found, round);
    var partners = twins.partners(found);
    for (var shipment : fresh) {
      var decided = shipment.resolution();
      var linkTo = decided.map(Resolution::linkTo).orElse(null);
      var own = own(shipment, refs);
      if (own != null) {
        // made by a try whose answer was lost
        known.add(Target.created(shipment, own));
      } else if (linkTo != null) {
        known.add(Target.link(shipment, linkTo));
      } else if (decided.filter(Resolution::createAnyway).isPresent()) {
        unique.add(shipment, twins.traits(shipment.values()));
      } else {
        judge(shipment, partners, unique, known, round);
      }
    }
  }

  /**
   * What Odoo has that is like any of them; empty when Odoo does not let itself be searched, which
   * holds them all.
   */
  private Optional<List<PartnerRecord>> search(List<Shipment> fresh, Round round) {
    var keys = twins.keys(fresh.stream().map(Shipment::values).toList());
    if (keys.isEmpty()) {
      return Optional.of(List.of());
    }
    return switch (round.line().call(odoo -> odoo.searchTwins(keys))) {
      case ReadAnswer.Records records -> Optional.of(records.partners());
      case ReadAnswer.Refused refused -> {
        fresh.forEach(shipment -> round.hold(shipment, refused.reason(), null, refused.words()));
        yield Optional.empty();
      }
    };
  }

  private static Map<UUID, Long> refs(List<PartnerRecord> partners, Round round) {
    if (partners.isEmpty()) {
      return Map.of();
    }
    var ids = partners.stream().map(PartnerRecord::id).toList();
    return round.line().call(odoo -> odoo.refs(ids)).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey, (one, other) -> one));
  }

  private static @Nullable Long own(Shipment shipment, Map<UUID, Long> refs) {
    return refs.get(shipment.ref());
  }

  private void judge(
      Shipment shipment,
      Lookalikes<PartnerRecord> partners,
      Lookalikes<Shipment> unique,
      List<Target> known,
      Round round) {
    var traits = twins.traits(shipment.values());
    switch (twins.judge(traits, parentId(shipment), partners)) {
      case Twins.Verdict.Same same -> known.add(Target.link(shipment, same.twin().odooId()));
      case Twins.Verdict.Doubtful doubtful ->
          round.settle(shipment, duplicate(doubtful.candidates()));
      case Twins.Verdict.Unique none -> {
        if (twins.isLikeAny(traits, unique)) {
          // once the other one is in Odoo, it is judged against it
          round.settle(shipment, new Outcome.PutBack());
        } else {
          unique.add(shipment, traits);
        }
      }
    }
  }

  private static @Nullable Long parentId(Shipment shipment) {
    CustomerValues values = shipment.values();
    return values.fields().get(Shipment.PARENT_ID) instanceof FieldValue.Reference parent
        ? parent.id()
        : null;
  }

  private static Outcome duplicate(List<Findings.Candidate> candidates) {
    var keys =
        candidates.stream()
            .flatMap(candidate -> candidate.matchedBy().stream())
            .distinct()
            .sorted();
    return new Outcome.Held(
        new Hold(
            HeldReason.DUPLICATE,
            null,
            "%d partners in Odoo have the same %s."
                .formatted(candidates.size(), keys.collect(Collectors.joining(", ")))),
        new Findings(List.of(), candidates));
  }
}
