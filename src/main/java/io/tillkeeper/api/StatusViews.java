package io.tillkeeper.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The answers about how the daemon is, and how its link was. */
@RegisterForReflection(ignoreNested = false)
final class StatusViews {

  private StatusViews() {}

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
              nullable = true,
              description =
                  "Why nothing is accepted at the moment: disk-full or disk-failed, as in the problem that each accept is answered with; null when they are taken.")
          @Nullable String problem,
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
      @Schema(nullable = true, description = "json-2 or json-rpc.") @Nullable String protocol,
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
}
