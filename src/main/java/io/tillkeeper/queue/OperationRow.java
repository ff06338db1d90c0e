package io.tillkeeper.queue;

import io.tillkeeper.customer.CustomerChange;
import io.tillkeeper.storage.RowDamaged;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PrePersist;
import jakarta.persistence.Table;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** An operation on the disk. */
@Entity
@Table(name = "operation")
@NullUnmarked // filled by Hibernate
class OperationRow {

  /** In the history: it was in a copy of the database that took the place of a damaged one. */
  static final String RESTORED = "restored";

  /** In the history: another till has it as well, and may deliver it. */
  static final String SHARED = "shared";

  /** In the history: Odoo may have done what it was asked to, and no answer came. */
  static final String UNANSWERED = "unanswered";

  /** In the history: it was being sent when the process ended. */
  static final String RECOVERED = "recovered";

  private static final Set<String> MAYBE_IN_ODOO = Set.of(RESTORED, SHARED, UNANSWERED, RECOVERED);

  /** So many entries of a history are kept, of them so many of the first. */
  private static final int MOST_REMEMBERED = 200;

  private static final int FIRST_REMEMBERED = 20;

  /** What the column of Odoo's words holds. */
  private static final int LONGEST_WORDS = 10_000;

  /** Of {@link OperationNumbers}. */
  @Id Long seq;

  @Column(name = "customer_ref", updatable = false)
  UUID ref;

  @Convert(converter = NameColumn.OfKind.class)
  @Column(updatable = false)
  OperationKind kind;

  @Column(updatable = false)
  String content;

  @Column(updatable = false)
  @Nullable String base;

  @Column(updatable = false)
  @Nullable UUID parentRef;

  @Column(updatable = false)
  @Nullable String till;

  @Column(updatable = false)
  @Nullable String cashier;

  @Column(updatable = false)
  Instant acceptedAt;

  @Column(updatable = false)
  @Nullable Long acceptedOdooId;

  @Column(updatable = false)
  @Nullable UUID idempotencyKey;

  @Column(updatable = false)
  UUID requestDigest;

  /** By which the database sees, whatever is done with the row, that the disk has changed it. */
  @Column(updatable = false)
  @Nullable Long digest;

  String state;
  Instant stateSince;
  @Nullable Instant notBefore;
  int tries;
  @Nullable Long odooId;

  @Convert(converter = NameColumn.OfHeldReason.class)
  @Nullable HeldReason heldReason;

  @Nullable String heldField;
  @Nullable String heldWords;
  @Nullable String discardReason;
  @Nullable String discardedBy;
  @Nullable String corrected;
  @Nullable String resolution;
  @Nullable String findings;
  @Nullable String history;

  @PrePersist
  void digest() {
    digest = digestOfAccepted();
  }

  /** As the constraint of the table has it. */
  private long digestOfAccepted() {
    var accepted =
        Stream.of(ref, kind, parentRef, content, base)
            .filter(Objects::nonNull)
            .map(Object::toString)
            .collect(Collectors.joining("|"));
    return ByteBuffer.wrap(Sha256.of(accepted)).getLong();
  }

  /** Whether it may have reached Odoo before. */
  boolean wasSent() {
    return tries > 0 || history != null;
  }

  /** Whether Odoo may have what it brings, from a try of this till or of another. */
  boolean mayBeInOdoo() {
    return Content.readHistory(history).stream()
        .map(HistoryEntry::event)
        .anyMatch(MAYBE_IN_ODOO::contains);
  }

  /** Whether it is not settled for good. */
  boolean isOpen() {
    return !state.equals("delivered") && !state.equals("discarded");
  }

  /** Whether Odoo has taken it, or a person must see to it. */
  boolean isDecided() {
    return state.equals("delivered") || state.equals("held");
  }

  /** What is to be sent: the content, with a person's corrections laid over it. */
  CustomerChange effectiveChange() {
    var accepted = Content.read(content);
    return corrected == null ? accepted : accepted.overlaidWith(Content.read(corrected));
  }

  OperationState state() {
    return switch (state) {
      case "pending" -> new OperationState.Pending(stateSince, there(notBefore), tries);
      case "sending" -> new OperationState.Sending(stateSince, tries);
      case "delivered" -> new OperationState.Delivered(stateSince, there(odooId));
      case "held" ->
          new OperationState.Held(stateSince, new Hold(there(heldReason), heldField, heldWords));
      case "discarded" -> new OperationState.Discarded(stateSince, discardReason, discardedBy);
      default -> throw damaged();
    };
  }

  /** What a row in this state has. */
  private <T> T there(@Nullable T value) {
    if (value == null) {
      throw damaged();
    }
    return value;
  }

  private RowDamaged damaged() {
    return new RowDamaged("operation " + seq);
  }

  void moveTo(OperationState next) {
    state = next.code();
    stateSince = next.since();
    notBefore = null;
    switch (next) {
      case OperationState.Pending pending -> {
        notBefore = pending.notBefore();
        tries = pending.tries();
      }
      case OperationState.Sending sending -> tries = sending.tries();
      case OperationState.Delivered delivered -> odooId = delivered.odooId();
      case OperationState.Held held -> {
        heldReason = held.hold().reason();
        heldField = held.hold().field();
        heldWords = cut(held.hold().words());
      }
      case OperationState.Discarded discarded -> {
        discardReason = discarded.reason();
        discardedBy = discarded.by();
      }
    }
  }

  /** Not between the halves of a surrogate pair: half of one can be told to nobody. */
  private static String cut(String words) {
    if (words.length() <= LONGEST_WORDS) {
      return words;
    }
    var end = LONGEST_WORDS - 1;
    return words.substring(0, Character.isHighSurrogate(words.charAt(end)) ? end : end + 1);
  }

  /** Writes down that something happened without a person. */
  void remember(Instant at, String event, @Nullable String detail) {
    remember(new HistoryEntry(at, event, detail, null, 1));
  }

  /**
   * Writes something into the history; the same thing again in a row only counts up. What has had
   * very much happen to it keeps the first and the last of that, and all on which something
   * depends.
   */
  void remember(HistoryEntry entry) {
    var entries = new ArrayList<>(Content.readHistory(history));
    if (!entries.isEmpty() && entries.getLast().isRepeatedBy(entry)) {
      entries.add(entry.repeating(entries.removeLast()));
    } else {
      entries.add(entry);
    }
    forgetSome(entries);
    history = Content.writeHistory(entries);
  }

  private static boolean isFirst(String event, List<HistoryEntry> before) {
    return before.stream().map(HistoryEntry::event).noneMatch(event::equals);
  }

  private static void forgetSome(List<HistoryEntry> entries) {
    for (var at = FIRST_REMEMBERED; entries.size() > MOST_REMEMBERED && at < entries.size(); ) {
      var event = entries.get(at).event();
      if (MAYBE_IN_ODOO.contains(event) && isFirst(event, entries.subList(0, at))) {
        at++;
      } else {
        entries.remove(at);
      }
    }
  }

  /**
   * @throws RowDamaged when the disk has changed it
   */
  Operation toOperation() {
    if (digest != null && digest != digestOfAccepted()) {
      throw damaged();
    }
    var entries = new ArrayList<>(List.of(new HistoryEntry(acceptedAt, "accepted", null, null, 1)));
    entries.addAll(Content.readHistory(history));
    return new Operation(
        seq,
        ref,
        kind,
        Content.read(content),
        base == null ? null : Content.read(base).values(),
        till,
        cashier,
        acceptedAt,
        state(),
        corrected == null ? null : Content.read(corrected),
        resolution == null ? null : Content.readResolution(resolution),
        findings == null ? Findings.NONE : Content.readFindings(findings),
        entries);
  }
}
