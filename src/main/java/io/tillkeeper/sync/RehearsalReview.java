package io.tillkeeper.sync;

import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.customer.FieldValue;
import io.tillkeeper.customer.Normal;
import io.tillkeeper.odoo.PartnerRecord;
import io.tillkeeper.odoo.ReadAnswer;
import io.tillkeeper.odoo.TwinKeys;
import io.tillkeeper.queue.Operation;
import io.tillkeeper.queue.OperationState;
import io.tillkeeper.queue.RehearsalCheck;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks the test customers of a rehearsal up in Odoo, each on the line of one round. Changes
 * nothing there.
 */
final class RehearsalReview {

  private final Normal normal;
  private final RoundLine line;
  private final Map<String, Object> countries = new HashMap<>();

  RehearsalReview(Normal normal, RoundLine line) {
    this.normal = normal;
    this.line = line;
  }

  /** What Odoo answered; who is not among them is not there. */
  private record Found(List<PartnerRecord> partners, @Nullable String refusal) {

    CustomerValues valuesOf(@Nullable Long id) {
      return partners.stream()
          .filter(partner -> Long.valueOf(partner.id()).equals(id))
          .map(PartnerRecord::values)
          .findFirst()
          .orElse(CustomerValues.NONE);
    }

    Optional<String> complaint() {
      return Optional.ofNullable(refusal)
          .map(words -> "Odoo does not let it be looked up: " + words);
    }
  }

  /**
   * Checks everyone who was accepted.
   *
   * @param operations theirs, which are settled
   * @param odooIds the partners that they are, as far as is known here
   * @throws io.tillkeeper.odoo.LinkLost when there is no answer of Odoo's
   */
  List<RehearsalCheck> check(
      RehearsalCast cast, List<Operation> operations, Map<UUID, Long> odooIds) {
    var lanes = operations.stream().collect(Collectors.groupingBy(Operation::ref));
    var accepted =
        cast.members().stream().filter(member -> lanes.containsKey(member.ref())).toList();
    if (accepted.isEmpty()) {
      return List.of();
    }
    var ids = idsInOdoo(accepted, odooIds);
    var read = read(ids.values().stream().toList(), fields(accepted));
    var sameEmail = search(accepted);
    return accepted.stream()
        .map(
            member ->
                check(
                    member,
                    lanes.getOrDefault(member.ref(), List.of()),
                    ids.get(member.ref()),
                    read,
                    sameEmail))
        .toList();
  }

  private RehearsalCheck check(
      RehearsalCast.Member member,
      List<Operation> lane,
      @Nullable Long id,
      Found read,
      Found sameEmail) {
    var found = count(member, sameEmail);
    var wrong = wrong(member.expected(lane), read.valuesOf(id));
    var problem =
        Stream.of(
                gaveUp(lane), read.complaint(), sameEmail.complaint(), complaint(id, found, wrong))
            .flatMap(Optional::stream)
            .findFirst()
            .orElse(null);
    return new RehearsalCheck(
        member.name(), member.ref(), id, found, wrong.isEmpty(), false, problem);
  }

  /** Who carries the external ids, whatever is believed here. */
  private Map<UUID, Long> idsInOdoo(List<RehearsalCast.Member> accepted, Map<UUID, Long> odooIds) {
    var carried = new HashMap<UUID, Long>();
    if (!odooIds.isEmpty()) {
      var known = odooIds.values().stream().distinct().toList();
      line.call(odoo -> odoo.refs(known)).forEach((id, ref) -> carried.put(ref, id));
    }
    for (var member : accepted) {
      if (!carried.containsKey(member.ref())) {
        var id = line.call(odoo -> odoo.find(member.ref()));
        id.ifPresent(found -> carried.put(member.ref(), found));
      }
    }
    carried.keySet().retainAll(accepted.stream().map(RehearsalCast.Member::ref).toList());
    return carried;
  }

  private static Set<String> fields(List<RehearsalCast.Member> members) {
    return members.stream()
        .flatMap(member -> Stream.of(member.created(), member.changed()))
        .flatMap(values -> values.fields().keySet().stream())
        .collect(Collectors.toSet());
  }

  private Found read(List<Long> ids, Set<String> fields) {
    return ids.isEmpty()
        ? new Found(List.of(), null)
        : found(line.call(odoo -> odoo.read(ids, fields)));
  }

  private Found search(List<RehearsalCast.Member> members) {
    var emails = members.stream().map(RehearsalCast.Member::email).collect(Collectors.toSet());
    var keys = new TwinKeys(Set.of(), Set.of(), emails, Set.of());
    return found(line.call(odoo -> odoo.searchTwins(keys)));
  }

  private static Found found(ReadAnswer answer) {
    return switch (answer) {
      case ReadAnswer.Records records -> new Found(records.partners(), null);
      case ReadAnswer.Refused refused -> new Found(List.of(), refused.words());
    };
  }

  private static int count(RehearsalCast.Member member, Found sameEmail) {
    return (int)
        sameEmail.partners.stream()
            .flatMap(partner -> partner.values().text("email").stream())
            .filter(email -> Normal.email(email).equals(member.email()))
            .count();
  }

  /** The fields that are not as they were sent; all of them when there is no partner. */
  private Set<String> wrong(CustomerValues sent, CustomerValues has) {
    var same = new SameValue(normal, this::countryId);
    return sent.fields().entrySet().stream()
        .filter(
            field ->
                !same.same(
                    field.getKey(),
                    field.getValue(),
                    has.fields().getOrDefault(field.getKey(), new FieldValue.Empty())))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Object countryId(String code) {
    return countries.computeIfAbsent(
        code,
        unknown -> {
          var id = line.call(odoo -> odoo.countryId(unknown));
          return id.isPresent() ? id.getAsLong() : unknown;
        });
  }

  private static Optional<String> gaveUp(List<Operation> lane) {
    return lane.stream()
        .map(Operation::state)
        .flatMap(
            state ->
                state instanceof OperationState.Discarded discarded
                    ? Stream.of(discarded.reason())
                    : Stream.empty())
        .findFirst();
  }

  private static Optional<String> complaint(@Nullable Long id, int found, Set<String> wrong) {
    if (id == null) {
      return Optional.of("It is not in Odoo.");
    }
    if (found != 1) {
      return Optional.of("There are %d partners with its e-mail in Odoo.".formatted(found));
    }
    return wrong.isEmpty()
        ? Optional.empty()
        : Optional.of("In Odoo these are different: %s.".formatted(String.join(", ", wrong)));
  }
}
