package io.tillkeeper.sync;

import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.customer.FieldValue;
import io.tillkeeper.customer.Normal;
import io.tillkeeper.odoo.PartnerChange;
import io.tillkeeper.odoo.PartnerRecord;
import io.tillkeeper.odoo.ReadAnswer;
import io.tillkeeper.queue.RehearsalCheck;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Archives the partners of a rehearsal's test customers: those that carry both the external id and
 * the e-mail of one when they are about to be archived, and nobody else. May be repeated.
 */
final class RehearsalArchive {

  private static final String ACTIVE = "active";
  private static final String EMAIL = "email";

  private final RoundLine line;
  private final int largestBatch;

  RehearsalArchive(RoundLine line, int largestBatch) {
    this.line = line;
    this.largestBatch = largestBatch;
  }

  /**
   * Archives them, and looks whether they are.
   *
   * @return the checks, with what became of the partners; empty when Odoo is to be asked again
   * @throws io.tillkeeper.odoo.LinkLost when there is no answer of Odoo's
   */
  Optional<List<RehearsalCheck>> archive(RehearsalCast cast, List<RehearsalCheck> checks) {
    var ids = checks.stream().map(RehearsalCheck::odooId).filter(Objects::nonNull).toList();
    if (ids.isEmpty()) {
      return Optional.of(checks);
    }
    var ours = ours(cast.byRef(), ids);
    var results = send(checks.stream().filter(check -> isToGo(check, ours)).toList());
    if (results.values().stream().anyMatch(RehearsalArchive::isOpen)) {
      return Optional.empty();
    }
    var after = read(ids);
    return Optional.of(
        checks.stream().map(check -> result(check, ours, results.get(check), after)).toList());
  }

  /** Which of these partners are test customers beyond doubt. */
  private Map<Long, PartnerRecord> ours(Map<UUID, RehearsalCast.Member> cast, List<Long> ids) {
    var refs = line.call(odoo -> odoo.refs(ids));
    var partners = read(ids);
    partners
        .values()
        .removeIf(
            partner -> {
              var member = cast.get(refs.get(partner.id()));
              var email = partner.values().text(EMAIL).map(Normal::email).orElse("");
              return member == null || !member.email().equals(email);
            });
    return partners;
  }

  private Map<Long, PartnerRecord> read(List<Long> ids) {
    return switch (line.call(odoo -> odoo.read(ids, Set.of(ACTIVE, EMAIL)))) {
      case ReadAnswer.Records records ->
          records.partners().stream()
              .collect(
                  Collectors.toMap(
                      PartnerRecord::id, Function.identity(), (one, other) -> one, HashMap::new));
      case ReadAnswer.Refused refused -> new HashMap<>();
    };
  }

  private static boolean isToGo(RehearsalCheck check, Map<Long, PartnerRecord> ours) {
    var partner = ours.get(check.odooId());
    return partner != null && !isArchived(partner);
  }

  private static boolean isArchived(PartnerRecord partner) {
    return !new FieldValue.Flag(true).equals(partner.values().fields().get(ACTIVE));
  }

  private Map<RehearsalCheck, LoadBatches.Result> send(List<RehearsalCheck> checks) {
    var archived = CustomerValues.NONE.with(ACTIVE, new FieldValue.Flag(false));
    return new LoadBatches<RehearsalCheck>(
            line::isLost,
            largestBatch,
            rows ->
                line.call(
                    odoo ->
                        odoo.update(
                            rows.stream()
                                .map(row -> new PartnerChange(id(row.key()), archived))
                                .toList())))
        .send(checks.stream().map(check -> new LoadBatches.Row<>(check, archived, 0)).toList());
  }

  private static long id(RehearsalCheck check) {
    return Objects.requireNonNull(check.odooId());
  }

  /** Whether it is not known what became of a row. */
  private static boolean isOpen(LoadBatches.Result result) {
    return switch (result) {
      case LoadBatches.Result.Loaded loaded -> false;
      case LoadBatches.Result.Refused refused -> false;
      case LoadBatches.Result.NoAnswer none -> true;
      case LoadBatches.Result.NotSent none -> true;
    };
  }

  private static RehearsalCheck result(
      RehearsalCheck check,
      Map<Long, PartnerRecord> ours,
      LoadBatches.@Nullable Result sent,
      Map<Long, PartnerRecord> after) {
    var id = check.odooId();
    if (id == null) {
      return check;
    }
    if (sent instanceof LoadBatches.Result.Refused refused) {
      return check.stillThere(
          "Partner %d could not be archived: %s".formatted(id, refused.words()));
    }
    var partner = after.get(id);
    if (partner == null) {
      return check.stillThere("Partner %d cannot be read any more.".formatted(id));
    }
    if (!ours.containsKey(id)) {
      return check.stillThere(
          "Partner %d was changed into somebody else, and left as it is.".formatted(id));
    }
    return isArchived(partner)
        ? check.gone()
        : check.stillThere("Partner %d is not archived.".formatted(id));
  }
}
