package io.tillkeeper.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The bodies that the API answers with. Most are inside a {@code Response}, where the native build
 * does not see that they become JSON: so it is told of all of them.
 */
@RegisterForReflection(ignoreNested = false)
final class Views {

  private static final String DATABASE =
      "The Odoo database that odooId belongs to: never take it for an id of another. null when none is configured.";

  private Views() {}

  @Schema(name = "CustomerName", description = "Which customer.")
  record CustomerName(
      UUID ref,
      @Schema(
              nullable = true,
              description = "The database id in Odoo; null while Odoo does not have the customer.")
          @Nullable Long odooId,
      @Schema(nullable = true, description = DATABASE) @Nullable String database) {}

  @Schema(name = "AcceptedOperation")
  record AcceptedOperation(
      @Schema(description = "The operation's id, which is its place in the queue.") long id,
      @Schema(enumeration = {"create", "update"}) String kind,
      @Schema(enumeration = "pending") String state,
      Instant acceptedAt) {}

  @Schema(
      name = "Receipt",
      description =
          "The operation is on the disk. The same for a repetition under the same Idempotency-Key.")
  record Receipt(AcceptedOperation operation, CustomerName customer, boolean durable) {}

  @Schema(
      name = "Customer",
      description = "The customer as it will be: what Odoo had last, overlaid with what is queued.")
  record Customer(
      UUID ref,
      @Schema(nullable = true) @Nullable Long odooId,
      @Schema(nullable = true, description = DATABASE) @Nullable String database,
      @Schema(
              enumeration = {"delivered", "waiting", "held", "discarded"},
              description =
                  "delivered: all of it is in Odoo; waiting: something is on its way; held: something waits for a person; discarded: its creation was given up.")
          String standing,
      @Schema(type = SchemaType.OBJECT) SortedMap<String, @Nullable Object> values) {}

  @Schema(name = "CustomerList")
  record CustomerList(List<Customer> customers) {}

  @Schema(
      name = "MovingOperation",
      description = "An operation that is not settled, as it moves to another till.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Moving(
      @Schema(required = true, description = "On the till that it comes from.") long id,
      @Schema(
              required = true,
              enumeration = {"create", "update"})
          @Nullable String kind,
      @Schema(required = true, format = "uuid", description = "The customer.") @Nullable String ref,
      @Schema(description = "Whether the customer came into the world by that till.")
          boolean createdHere,
      @Schema(nullable = true, description = "The customer's database id, when it is known.")
          @Nullable Long odooId,
      @Schema(type = SchemaType.OBJECT, required = true, description = "What is to be sent.")
          @Nullable SortedMap<String, @Nullable Object> values,
      @Schema(type = SchemaType.OBJECT, nullable = true, description = "What the cashier saw.")
          @Nullable SortedMap<String, @Nullable Object> base,
      @Schema(nullable = true, description = "The company's database id, when it is known.")
          @Nullable Long parentOdooId,
      @Schema(nullable = true, maxLength = 100) @Nullable String till,
      @Schema(nullable = true, maxLength = 100) @Nullable String cashier,
      @Schema(required = true) @Nullable Instant acceptedAt,
      @Schema(nullable = true, format = "uuid", description = "A digest of the till's key.")
          @Nullable String idempotencyKey,
      @Schema(required = true, format = "uuid", description = "A digest of the till's request.")
          @Nullable String requestDigest,
      @Schema(description = "Whether it was on its way once, so that Odoo may have it.")
          boolean maybeDelivered) {}

  @Schema(name = "MovingPage", description = "A part of what is not settled.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record MovingPage(
      List<Moving> operations,
      @Schema(
              nullable = true,
              description = "'after' of the next page; none when this is the last.")
          @Nullable Long next) {}

  @Schema(name = "Moved", description = "How many operations have moved.")
  record Moved(int operations) {}

  @Schema(name = "Held", description = "Why an operation waits for a person.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Held(
      @Schema(enumeration = {"rejected", "conflict", "duplicate", "missing", "forbidden"})
          String reason,
      @Schema(description = "One plain sentence.") String message,
      @Schema(nullable = true, description = "The field at fault, when it is known.")
          @Nullable String field,
      @Schema(description = "Odoo's own words.") String words) {}

  @Schema(name = "Discarded", description = "Who gave an operation up, and why.")
  record Discarded(String reason, String by) {}

  @Schema(name = "HistoryEntry")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record HistoryEntry(
      Instant at,
      @Schema(
              enumeration = {
                "accepted",
                "unavailable",
                "recovered",
                "restored",
                "delivered",
                "held",
                "retried",
                "discarded",
                "exported",
                "imported",
                "shared"
              })
          String event,
      @Schema(nullable = true, description = "A code that says more.") @Nullable String detail,
      @Schema(nullable = true, description = "Who decided it, when a person did.")
          @Nullable String by,
      @Schema(description = "How often in a row.") int times) {}

  @Schema(name = "Operation", description = "One accepted create or update, and what became of it.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Operation(
      long id,
      @Schema(enumeration = {"create", "update"}) String kind,
      @Schema(enumeration = {"pending", "sending", "delivered", "held", "discarded"}) String state,
      CustomerName customer,
      @Schema(type = SchemaType.OBJECT) SortedMap<String, @Nullable Object> values,
      @Schema(
              nullable = true,
              description =
                  "true: what is personal in it was taken away, some time after it was settled or on request.")
          @Nullable Boolean scrubbed,
      @Schema(type = SchemaType.OBJECT, nullable = true)
          @Nullable SortedMap<String, @Nullable Object> base,
      @Schema(nullable = true) @Nullable String till,
      @Schema(nullable = true) @Nullable String cashier,
      Instant acceptedAt,
      Instant stateSince,
      @Schema(nullable = true, description = "When a pending one is sent at the earliest.")
          @Nullable Instant notBefore,
      @Schema(nullable = true) @Nullable Held held,
      @Schema(nullable = true) @Nullable Discarded discarded,
      @Schema(
              type = SchemaType.OBJECT,
              nullable = true,
              description = "Values by which a person corrected it.")
          @Nullable SortedMap<String, @Nullable Object> corrected,
      @Schema(description = "The fields that the till and the back office both changed.")
          List<Dispute> disputes,
      @Schema(description = "The partners in Odoo that a new customer could be.")
          List<Candidate> candidates,
      List<HistoryEntry> history) {}

  @Schema(name = "Retried")
  record Retried(@Schema(description = "How many operations are sent again.") int retried) {}

  @Schema(name = "AuditEntry", description = "Something that a person decided.")
  record AuditEntry(
      long id,
      Instant at,
      String by,
      @Schema(
              enumeration = {
                "retry", "resolve", "discard", "mode", "erase", "export", "import", "pair",
                "unpair", "restore"
              },
              description =
                  "With 'restore' the daemon itself says that another file took the place of the database.")
          String action,
      String detail,
      @Schema(description = "SHA-256 over this entry and the hash of the one before.")
          String hash) {}

  @Schema(name = "AuditTrail", description = "What people decided, in order.")
  record AuditTrail(
      List<AuditEntry> entries,
      @Schema(nullable = true, description = "Where the next page begins: for 'after'.")
          @Nullable Long next) {}

  @Schema(name = "AuditVerification", description = "Whether the audit trail is as it was written.")
  record AuditVerification(
      boolean intact,
      long entries,
      @Schema(
              nullable = true,
              description =
                  "Of the last entry. Noted down on another machine, it shows whether any was removed at the end, even by one who can write to this one.")
          @Nullable String lastHash,
      @Schema(nullable = true, description = "The first entry that is not as it was written.")
          @Nullable Long broken,
      @Schema(
              nullable = true,
              description = "Entries at the end that were written and are not there any more.")
          @Nullable AuditGap missing,
      @Schema(
              nullable = true,
              description =
                  "The entry that was the last at a time and is another one now: entries were removed, and others written since.")
          @Nullable Long replaced) {}

  @Schema(name = "AuditGap", description = "Entries that are not there, by the first and last id.")
  record AuditGap(long first, long last) {}

  @Schema(name = "Pairing", description = "A code that is good once.")
  record Pairing(
      @Schema(examples = "K7QP-2MXA") String code,
      @Schema(description = "Until when it is good.") Instant expiresAt,
      String scope,
      String holder) {}

  @Schema(name = "Token", description = "What was given to a page or a program, without the token.")
  record Token(
      String id,
      String scope,
      @Schema(description = "The origin of its page; or 'console', or 'program'.") String holder,
      @Schema(description = "What people call it; may be empty.") String name,
      Instant createdAt,
      @Schema(nullable = true, description = "To the minute.") @Nullable Instant lastUsedAt) {}

  @Schema(name = "Tokens")
  record Tokens(List<Token> tokens) {}

  @Schema(name = "NewToken", description = "A token, which is shown this one time.")
  record NewToken(
      @Schema(description = "For 'Authorization: Bearer'.") String token,
      String id,
      String scope,
      String holder) {}

  @Schema(name = "Erased", description = "What was erased.")
  record Erased(
      @Schema(description = "How many customers were meant.") int customers,
      @Schema(description = "How many operations were rid of their values.") int operations,
      @Schema(
              description =
                  "The ids of operations that were left, since they are still to be delivered.")
          List<Long> notDelivered) {}

  @Schema(name = "Dispute", description = "A field that the till and the back office both changed.")
  record Dispute(
      String field,
      @Schema(nullable = true, description = "What the cashier saw.") @Nullable Object base,
      @Schema(nullable = true, description = "What the cashier typed.") @Nullable Object till,
      @Schema(nullable = true, description = "What Odoo had.") @Nullable Object odoo,
      @Schema(
              enumeration = {"till", "odoo", "append", "merge", "ask"},
              description = "How it was decided; ask: a person must.")
          String decision) {}

  @Schema(name = "Candidate", description = "A partner in Odoo that a new customer could be.")
  record Candidate(
      long odooId,
      boolean archived,
      @Schema(description = "What is the same: vat, barcode, email, phone.") List<String> matchedBy,
      @Schema(type = SchemaType.OBJECT) SortedMap<String, @Nullable Object> values) {}

  @Schema(name = "OperationPage")
  record OperationPage(
      List<Operation> operations,
      @Schema(
              nullable = true,
              description = "The value of 'after' for the next page; null when this is the last.")
          @Nullable Long next) {}

  @Schema(name = "Hop", description = "A stretch of the way to Odoo.")
  record Hop(
      @Schema(
              enumeration = {"network", "name", "server", "tls", "odoo", "database", "key"},
              description = "tls only where the address of the server is https.")
          String hop,
      @Schema(
              enumeration = {"ok", "failed", "unknown"},
              description = "unknown: the way was not gone as far as that.")
          String state) {}

  @Schema(name = "Link", description = "The way to Odoo as it is now.")
  record Link(
      @Schema(enumeration = {"up", "down", "blocked"}) String state,
      @Schema(
              nullable = true,
              description =
                  "Why it is not up, a stable code: starting, offline-mode, not-configured, unsteady, no-network, dns, refused, timeout, broken, tls, proxy, proxy-password, captive-portal, odoo-down, odoo-upgrading, database-down, rate-limited, key, database, plan or unsupported. unsteady: it was lost three times within a minute, and has not stayed up or down for 15 seconds since.")
          @Nullable String cause,
      Instant since,
      @Schema(description = "One sentence for the cashier.") String message,
      @Schema(nullable = true, description = "What a technician should look at.")
          @Nullable String hint,
      @Schema(
              nullable = true,
              description =
                  "When Odoo is tried again or, when it is up again after an outage, sending begins.")
          @Nullable Instant nextTryAt,
      @Schema(
              nullable = true,
              description = "What the clock of this box says, when that may be what is wrong.")
          @Nullable Instant boxTime,
      @Schema(
              enumeration = {"closed", "open", "half-open"},
              description = "The circuit breaker: open while Odoo is called only to try the link.")
          String breaker,
      @Schema(
              description =
                  "The way, stretch by stretch: what is before the one that failed is well.")
          List<Hop> hops) {}

  @Schema(name = "Queue")
  record Queue(
      @Schema(
              description =
                  "How many were ever accepted: always pending + sending + held + deliveredTotal + discardedTotal.")
          long acceptedTotal,
      long pending,
      long sending,
      long held,
      @Schema(nullable = true) @Nullable Instant oldestPendingAt,
      @Schema(
              description =
                  "An estimate: how long what is pending takes once the link is up and sending has begun.")
          long secondsToDeliver,
      long deliveredTotal,
      long discardedTotal) {}

  @Schema(name = "Storage")
  record Storage(
      @Schema(description = "Whether what is accepted is on the disk before the answer.")
          boolean durable,
      long freeBytes,
      @Schema(
              description =
                  "Damaged database files, which a copy took the place of; they stay until somebody has looked at them and deletes them.")
          List<String> setAside) {}

  @Schema(name = "Backup")
  record Backup(
      @Schema(description = "The path of the copy on the box: a ZIP file.") String file,
      long bytes,
      @Schema(description = "What was accepted until then is in it.") Instant at) {}

  @Schema(
      name = "Odoo",
      description =
          "The Odoo at the other end; version and protocol are null until it has answered.")
  record Odoo(
      @Schema(nullable = true) @Nullable String version,
      @Schema(
              nullable = true,
              enumeration = {"json-2", "json-rpc"})
          @Nullable String protocol,
      @Schema(nullable = true) @Nullable String database,
      @Schema(
              description =
                  "When the API key ends; absent when Odoo names no end of it, as before 18.0.")
          @JsonInclude(JsonInclude.Include.NON_NULL)
          @Nullable Instant keyExpiresAt) {}

  @Schema(name = "Status", description = "The state of it all.")
  record Status(
      @Schema(enumeration = {"auto", "offline", "online-only"}) String mode,
      Link link,
      Queue queue,
      @Schema(description = "Nothing is on its way and nothing waits for a person.")
          boolean allDelivered,
      Storage storage,
      Odoo odoo,
      String version) {}

  @Schema(name = "LinkStretch", description = "How the link was shown for a while.")
  record LinkStretch(
      Instant from,
      Instant to,
      @Schema(
              enumeration = {"up", "down", "blocked", "off", "unknown"},
              description = "off: the daemon did not run; unknown: that is too long ago.")
          String state,
      @Schema(nullable = true, description = "The code of why it was not up.")
          @Nullable String cause) {}

  @Schema(name = "Slot", description = "How many came and went within a while.")
  record Slot(
      Instant from,
      @Schema(description = "How many were accepted.") int accepted,
      @Schema(description = "How many were delivered.") int delivered) {}

  @Schema(name = "History", description = "The last hours.")
  record History(
      Instant from,
      Instant to,
      @Schema(description = "In order, one after the other without a gap.") List<LinkStretch> link,
      @Schema(description = "96 of the same length, in order.") List<Slot> slots) {}

  @Schema(name = "RehearsalCheck", description = "What was found in Odoo of one test customer.")
  record RehearsalCheck(
      @Schema(description = "Its name.") String customer,
      UUID ref,
      @Schema(nullable = true, description = "The partner; null when there is none.")
          @Nullable Long odooId,
      @Schema(description = "How many partners have its e-mail: one is right.") int found,
      @Schema(description = "The partner has every value that was sent.") boolean right,
      @Schema(description = "The partner is archived.") boolean archived,
      @Schema(nullable = true, description = "What there is to complain of, if anything.")
          @Nullable String problem) {}

  @Schema(
      name = "Rehearsal",
      description =
          "A rehearsal of airplane mode: where it stands and, when it has ended, its report.")
  record Rehearsal(
      String id,
      @Schema(
              enumeration = {"offline", "delivering", "checking", "archiving", "done", "failed"},
              description =
                  "done: it went as it was asked for, and the checks tell how well; failed: it did not.")
          String phase,
      Instant startedAt,
      @Schema(description = "When Odoo is to be called again.") Instant offlineUntil,
      @Schema(nullable = true, description = "When Odoo was called again.")
          @Nullable Instant backAt,
      @Schema(nullable = true, description = "When the last of the customers had arrived.")
          @Nullable Instant deliveredAt,
      @Schema(nullable = true) @Nullable Instant endedAt,
      @Schema(description = "How many were asked for.") int customers,
      int offlineSeconds,
      @Schema(description = "How many customers are in the queue or were.") int accepted,
      @Schema(description = "Of how many everything is in Odoo.") int delivered,
      List<RehearsalCheck> checks,
      @Schema(nullable = true, description = "null while it is not known.")
          @Nullable Boolean passed,
      @Schema(description = "One sentence.") String summary,
      @Schema(description = "What went otherwise than it was asked for, a sentence each.")
          List<String> troubles,
      @Schema(description = "Nothing of it is left to do.") boolean cleanedUp,
      @Schema(description = "The Odoo that it ran against.") Odoo odoo,
      @Schema(description = "The version of Tillkeeper that it ran with.") String version) {}

  @Schema(name = "RehearsalList", description = "The last rehearsals, newest first.")
  record RehearsalList(
      @Schema(description = "Whether the configured Odoo is marked as one for tests.")
          boolean allowed,
      @Schema(nullable = true, description = "Why none can begin now; null when one can.")
          @Nullable String reason,
      List<Rehearsal> rehearsals) {}
}
