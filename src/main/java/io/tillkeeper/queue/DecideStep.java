package io.tillkeeper.queue;

import io.tillkeeper.customer.CustomerChange;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes down what a person decided, within a transaction of its caller's. */
@ApplicationScoped
class DecideStep {

  private final OperationRows operations;
  private final CustomerRows customers;
  private final CustomerViews views;
  private final SearchText searchText;
  private final Settings settings;
  private final AuditTrail audit;
  private final Changes changes;
  private final InstantSource clock;

  DecideStep(
      OperationRows operations,
      CustomerRows customers,
      CustomerViews views,
      SearchText searchText,
      Settings settings,
      AuditTrail audit,
      Changes changes,
      InstantSource clock) {
    this.operations = operations;
    this.customers = customers;
    this.views = views;
    this.searchText = searchText;
    this.settings = settings;
    this.audit = audit;
    this.changes = changes;
    this.clock = clock;
  }

  Decided decide(long seq, Decision decision) {
    var row = operations.findById(seq);
    if (row == null) {
      return new Decided.Unknown();
    }
    if (!(row.state() instanceof OperationState.Held held)) {
      return new Decided.NotHeld(row.state);
    }
    var misfit = misfit(row, held.hold(), decision);
    if (misfit.isPresent()) {
      return new Decided.DoesNotFit(misfit.get());
    }
    obey(row, held, decision);
    return new Decided.Done(row.toOperation());
  }

  int retryAll(HeldReason reason, String by) {
    var rows = operations.held(reason);
    rows.forEach(row -> decide(row.seq, new Decision.Retry(null, by)));
    return rows.size();
  }

  private void obey(OperationRow row, OperationState.Held held, Decision decision) {
    var now = clock.instant();
    switch (decision) {
      case Decision.Retry retry -> {
        if (retry.corrected() != null) {
          row.corrected = Content.write(correction(row, retry));
        }
        changes.move(row, held.retried(now));
        remember(row, now, "retried", retry.corrected() == null ? null : "corrected", retry.by());
        audit.append(retry.by(), "retry", about(row, fields(retry.corrected())));
      }
      case Decision.Resolve resolve -> {
        row.resolution = Content.writeResolution(resolve.resolution());
        changes.move(row, held.retried(now));
        remember(row, now, "resolved", summary(resolve.resolution()), resolve.by());
        audit.append(resolve.by(), "resolve", about(row, choice(resolve.resolution())));
      }
      case Decision.Discard discard -> {
        changes.move(row, held.discarded(now, discard.reason(), discard.by()));
        remember(row, now, "discarded", null, discard.by());
        audit.append(discard.by(), "discard", about(row, ""));
        settings.countUp(Settings.DISCARDED_TOTAL);
      }
    }
    var customer = customers.findById(row.ref);
    var view = views.view(customer);
    customer.searchText = searchText.of(view.change().values());
    changes.moved(customer, view.standing());
  }

  private static CustomerChange correction(OperationRow row, Decision.Retry retry) {
    var corrected = retry.corrected();
    return row.corrected == null
        ? Objects.requireNonNull(corrected)
        : Content.read(row.corrected).overlaidWith(Objects.requireNonNull(corrected));
  }

  private static void remember(
      OperationRow row, Instant at, String event, @Nullable String detail, String by) {
    row.remember(new HistoryEntry(at, event, detail, by, 1));
  }

  /** Names of fields, and never what is in them. */
  private static String about(OperationRow row, String choice) {
    var detail = "operation " + row.seq + (choice.isEmpty() ? "" : ": " + choice);
    return detail.substring(0, Math.min(detail.length(), AuditEntry.LONGEST_DETAIL));
  }

  private static String fields(@Nullable CustomerChange corrected) {
    return corrected == null
        ? ""
        : "corrected " + String.join(", ", corrected.values().fields().keySet());
  }

  private static String choice(Resolution resolution) {
    if (resolution.linkTo() != null) {
      return "link to partner " + resolution.linkTo();
    }
    return resolution.createAnyway()
        ? "create"
        : new TreeMap<>(resolution.fields())
            .entrySet().stream()
                .map(field -> field.getKey() + (field.getValue() ? " mine" : " theirs"))
                .collect(Collectors.joining(", "));
  }

  private static String summary(Resolution resolution) {
    if (resolution.linkTo() != null) {
      return "link";
    }
    return resolution.createAnyway() ? "create" : "fields";
  }

  private static Optional<String> misfit(OperationRow row, Hold hold, Decision decision) {
    if (!(decision instanceof Decision.Resolve resolve)) {
      return Optional.empty();
    }
    return switch (hold.reason()) {
      case CONFLICT -> misfitOfConflict(row, resolve.resolution());
      case DUPLICATE ->
          resolve.resolution().fields().isEmpty()
              ? Optional.empty()
              : Optional.of("A duplicate is settled by 'link' or 'create'.");
      case MISSING -> misfitOfMissing(hold, resolve.resolution());
      case REJECTED, FORBIDDEN ->
          Optional.of(
              "Only a conflict, a duplicate or a missing customer can be resolved; retry or discard"
                  + " this one.");
    };
  }

  /** What is missing may be the company, which comes back with its own operations. */
  private static Optional<String> misfitOfMissing(Hold hold, Resolution resolution) {
    if (hold.field() != null) {
      return Optional.of("It is another customer who is missing; retry or discard this one.");
    }
    return resolution.createAnyway()
        ? Optional.empty()
        : Optional.of("A missing customer is settled by 'create', which brings it back.");
  }

  private static Optional<String> misfitOfConflict(OperationRow row, Resolution resolution) {
    var asked =
        Content.readFindings(String.valueOf(row.findings)).disputes().stream()
            .filter(dispute -> dispute.decision() == Findings.Decision.ASK)
            .map(Findings.Dispute::field)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> settled = resolution.fields().keySet();
    return settled.equals(asked)
        ? Optional.empty()
        : Optional.of(
            "This conflict is settled by 'fields' for: " + String.join(", ", asked) + ".");
  }
}
