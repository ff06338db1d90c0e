package io.tillkeeper.sync;

import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.customer.FieldValue;
import io.tillkeeper.customer.Identity;
import io.tillkeeper.customer.Normal;
import io.tillkeeper.odoo.LinkLost;
import io.tillkeeper.odoo.PartnerChange;
import io.tillkeeper.odoo.PartnerRecord;
import io.tillkeeper.odoo.ReadAnswer;
import io.tillkeeper.queue.Findings;
import io.tillkeeper.queue.HeldReason;
import io.tillkeeper.queue.Hold;
import io.tillkeeper.queue.Outcome;
import io.tillkeeper.queue.Resolution;
import io.tillkeeper.queue.Shipment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Brings changes to partners that Odoo has: reads what Odoo has now, merges, writes only what
 * differs. May be repeated: what was written by a try whose answer was lost is found written, and
 * not written again.
 */
final class UpdateStep {

  /** A value that Odoo never gives back as it was written is not to be written for ever. */
  private static final int MOST_CONFIRMATIONS = 3;

  private final MergeConfig policies;
  private final Normal normal;
  private final Identity identity;
  private final int largestBatch;

  UpdateStep(MergeConfig policies, Normal normal, int largestBatch) {
    this.policies = policies;
    this.normal = normal;
    this.identity = new Identity(normal);
    this.largestBatch = largestBatch;
  }

  /** A target and what is to be written to it. */
  private record Planned(Target target, ThreeWayMerge.Merged merged) {}

  void deliver(List<Target> targets, Round round) {
    var planned = new ArrayList<Planned>();
    targets.stream()
        .collect(
            Collectors.groupingBy(
                target -> target.values().fields().keySet(),
                LinkedHashMap::new,
                Collectors.toList()))
        .values()
        .forEach(alike -> planned.addAll(plan(alike, round)));
    write(planned, round);
  }

  /** Reads and merges targets that are about the same fields. */
  private List<Planned> plan(List<Target> targets, Round round) {
    if (round.line().isLost()) {
      targets.forEach(target -> round.settle(target.shipment(), new Outcome.PutBack()));
      return List.of();
    }
    try {
      var answer = read(targets, round);
      if (answer instanceof ReadAnswer.Refused refused) {
        return refused(targets, refused, round);
      }
      var present =
          ((ReadAnswer.Records) answer)
              .partners().stream()
                  .collect(Collectors.toMap(PartnerRecord::id, Function.identity()));
      return planWith(targets, present, round);
    } catch (LinkLost loss) {
      round.lose(targets.stream().map(Target::shipment).toList(), loss);
      return List.of();
    }
  }

  private static ReadAnswer read(List<Target> targets, Round round) {
    var ids = targets.stream().map(Target::odooId).distinct().toList();
    var fields = new TreeSet<>(targets.getFirst().values().fields().keySet());
    fields.addAll(Identity.FIELDS);
    return round.line().call(odoo -> odoo.read(ids, fields));
  }

  /** One that may not be read spoils the reading of all, so each is read alone. */
  private List<Planned> refused(List<Target> targets, ReadAnswer.Refused refused, Round round) {
    if (targets.size() > 1) {
      return targets.stream().flatMap(target -> plan(List.of(target), round).stream()).toList();
    }
    round.hold(targets.getFirst().shipment(), refused.reason(), null, refused.words());
    return List.of();
  }

  private List<Planned> planWith(
      List<Target> targets, Map<Long, PartnerRecord> present, Round round) {
    var planned = new ArrayList<Planned>();
    for (var target : targets) {
      var partner = present.get(target.odooId());
      if (partner == null) {
        planned.addAll(
            planWhereItWent(
                target,
                "Odoo has no partner %d any more: it was deleted, or a backup was restored from before it was made.",
                round));
      } else if (isGivenAgain(target, partner, round)) {
        planned.addAll(
            planWhereItWent(
                target,
                "Partner %d in Odoo is another one by now: a backup was restored from before this one was made, and its number was given again.",
                round));
      } else {
        planned.add(new Planned(target, merge(target, partner.values(), round)));
      }
    }
    return planned;
  }

  /**
   * Whether its number is another partner's by now. By its external id a partner is told where
   * nothing else is as it was; one that has none, because Odoo had it before the till did, by what
   * is known of it, if that is enough.
   */
  private boolean isGivenAgain(Target target, PartnerRecord partner, Round round) {
    var shipment = target.shipment();
    if (target.fillOnly() || !identity.isAnother(shipment.known(), partner.values())) {
      return false;
    }
    OptionalLong own = round.line().call(odoo -> odoo.find(shipment.ref()));
    return own.isPresent()
        ? own.getAsLong() != target.odooId()
        : shipment.createdHere() || Identity.extent(shipment.known()) > 1;
  }

  /** Odoo moves the external id when it merges partners: the survivor is found by it. */
  private List<Planned> planWhereItWent(Target target, String words, Round round) {
    OptionalLong survivor = round.line().call(odoo -> odoo.find(target.shipment().ref()));
    if (survivor.isPresent() && survivor.getAsLong() != target.odooId()) {
      return plan(List.of(found(target, survivor.getAsLong())), round);
    }
    if (Return.isWanted(target.shipment())) {
      return bringBack(target, round);
    }
    round.hold(
        target.shipment(),
        HeldReason.MISSING,
        null,
        words.formatted(target.odooId()) + " It is created again only if a person says so.");
    return List.of();
  }

  /** It may be what this brought back in a try whose answer was lost. */
  private static Target found(Target target, long odooId) {
    return Return.isWanted(target.shipment())
        ? Target.returned(target.shipment(), odooId)
        : target.at(odooId);
  }

  /** What is written to it then is its company, and nothing that is there already. */
  private List<Planned> bringBack(Target target, Round round) {
    var odooId = Return.bringBack(target.shipment(), round);
    return odooId.isPresent()
        ? plan(List.of(Target.returned(target.shipment(), odooId.getAsLong())), round)
        : List.of();
  }

  private ThreeWayMerge.Merged merge(Target target, CustomerValues present, Round round) {
    var merge =
        new ThreeWayMerge(policies(target.shipment()), new SameValue(normal, round::countryId));
    return target.fillOnly()
        ? merge.fill(target.values(), present)
        : merge.merge(
            base(target),
            target.values(),
            present,
            target.shipment().resolution().map(Resolution::fields).orElse(Map.of()));
  }

  /**
   * What the cashier saw. Where it is not known, and what the till has may have been in Odoo
   * before, a value that is there now is taken for a newer one.
   */
  private static CustomerValues base(Target target) {
    var base = target.base();
    if (target.shipment().isInDoubt()) {
      for (var typed : target.values().fields().entrySet()) {
        if (!base.fields().containsKey(typed.getKey())
            && !(typed.getValue() instanceof FieldValue.Empty)) {
          base = base.with(typed.getKey(), new FieldValue.Empty());
        }
      }
    }
    return base;
  }

  /**
   * Of what may be in Odoo already, Odoo may have a newer value of a till's own, or have added a
   * text: only a person can tell.
   */
  private Function<String, FieldPolicy> policies(Shipment shipment) {
    return shipment.isInDoubt()
        ? field -> policies.of(field) == FieldPolicy.ODOO ? FieldPolicy.ODOO : FieldPolicy.ASK
        : policies::of;
  }

  private void write(List<Planned> planned, Round round) {
    var rows = new ArrayList<LoadBatches.Row<Planned>>();
    for (var each : planned) {
      if (each.merged.needsPerson()) {
        round.settle(each.target.shipment(), conflict(each.merged));
      } else if (each.merged.toWrite().fields().isEmpty()) {
        round.settle(each.target.shipment(), delivered(each, each.target.odooId()));
      } else {
        rows.add(
            new LoadBatches.Row<>(each, each.merged.toWrite(), each.target.shipment().tries()));
      }
    }
    var batches =
        new LoadBatches<Planned>(
            round.line()::isLost,
            largestBatch,
            batch ->
                round
                    .line()
                    .call(odoo -> odoo.update(batch.stream().map(UpdateStep::change).toList())));
    batches
        .send(rows)
        .forEach(
            (each, result) -> {
              round.settle(each.target.shipment(), result, id -> confirmed(each, id, round));
              if (policies.note() && result instanceof LoadBatches.Result.Loaded) {
                OfflineNote.leave(each.target, each.merged.toWrite(), round);
              }
            });
  }

  private static PartnerChange change(LoadBatches.Row<Planned> row) {
    return new PartnerChange(row.key().target.odooId(), row.values());
  }

  private static Outcome conflict(ThreeWayMerge.Merged merged) {
    var field =
        merged.disputes().stream()
            .filter(dispute -> dispute.decision() == Findings.Decision.ASK)
            .findFirst()
            .orElseThrow()
            .field();
    return new Outcome.Held(
        new Hold(
            HeldReason.CONFLICT,
            field,
            "The till and the back office both changed '%s' meanwhile.".formatted(field)),
        new Findings(merged.disputes(), List.of()));
  }

  private static Outcome delivered(Planned planned, long odooId) {
    return new Outcome.Delivered(
        odooId, planned.merged.result(), new Findings(planned.merged.disputes(), List.of()));
  }

  /**
   * A try whose answer was lost may still be at work in Odoo and come after this one: what is there
   * now tells.
   */
  private Outcome confirmed(Planned planned, long odooId, Round round) {
    var tries = planned.target.shipment().tries();
    if (tries == 0 || tries > MOST_CONFIRMATIONS) {
      return delivered(planned, odooId);
    }
    try {
      var again = read(List.of(planned.target), round);
      var written =
          again instanceof ReadAnswer.Records records
              && records.partners().stream()
                  .anyMatch(partner -> has(partner.values(), planned.merged.toWrite(), round));
      return written ? delivered(planned, odooId) : round.unanswered("overtaken");
    } catch (LinkLost loss) {
      return round.unanswered(loss.linkCause().code());
    }
  }

  private boolean has(CustomerValues present, CustomerValues written, Round round) {
    var values = new SameValue(normal, round::countryId);
    return written.fields().entrySet().stream()
        .allMatch(
            field ->
                present.fields().containsKey(field.getKey())
                    && values.same(
                        field.getKey(), field.getValue(), present.fields().get(field.getKey())));
  }
}
