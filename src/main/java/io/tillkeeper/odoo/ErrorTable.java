package io.tillkeeper.odoo;

import io.tillkeeper.odoo.Dialect.Answer.Failure;
import io.tillkeeper.queue.HeldReason;
import java.util.HashMap;
import java.util.Map;

/**
 * The one table from an exception in Odoo to what it means for the delivery. It decides by the name
 * of the exception: its message is in the language of Odoo's user, and its HTTP status says the
 * same for a value that will never be taken and for a database that is away for a second.
 */
final class ErrorTable {

  /** What an exception means. */
  sealed interface Meaning {

    /** Odoo said no, and will say it again. */
    record Refused(HeldReason reason) implements Meaning {}

    /** Somebody else was at it; nothing was written. */
    record TryAgain() implements Meaning {}

    /** Odoo cannot say anything now. */
    record Lost(LinkCause cause) implements Meaning {}
  }

  private static final String TOO_LARGE = "werkzeug.exceptions.RequestEntityTooLarge";

  private static final Map<String, Meaning> BY_NAME = table();

  private ErrorTable() {}

  /**
   * What a failure means. A name that is not in the table is an exception about the values, until
   * it is known better: the operation is then held and shown to a person with Odoo's words, which
   * loses nothing, while waiting for it to pass could hold up the queue for ever.
   */
  static Meaning of(Failure failure) {
    if (isAboutMissingModels(failure)) {
      return new Meaning.Lost(LinkCause.DATABASE);
    }
    return BY_NAME.getOrDefault(failure.name(), new Meaning.Refused(HeldReason.REJECTED));
  }

  /** For a call that can only be answered or not: whatever fails is Odoo not being able to work. */
  static LinkLost withoutAnswer(Failure failure) {
    LinkCause cause =
        switch (of(failure)) {
          case Meaning.Lost lost -> lost.cause();
          case Meaning.Refused ignored -> LinkCause.ODOO_DOWN;
          case Meaning.TryAgain ignored -> LinkCause.ODOO_DOWN;
        };
    return new LinkLost(cause, nameForTheLog(failure), null, null);
  }

  /** Whoever answers chooses the name; only what looks like one gets into a log. */
  private static String nameForTheLog(Failure failure) {
    return failure.name().matches("[\\w.]{1,120}") ? failure.name() : "an exception without a name";
  }

  /** What stands for an answer that a proxy gave before the request got to Odoo. */
  static Failure requestTooLarge() {
    return new Failure(TOO_LARGE, "The request is too large for the server.");
  }

  /** For JSON that is neither a result nor an error of Odoo's. */
  static LinkLost notAnError(int status) {
    String detail = "HTTP status %d with JSON that is not Odoo's".formatted(status);
    return status >= 500
        ? new LinkLost(LinkCause.ODOO_DOWN, detail, null, null)
        : WireReader.notOdoo(detail);
  }

  /**
   * A database that is there but has no Odoo in it raises a KeyError like an unknown field does;
   * only the key itself tells, which is the name of a model and not a text.
   */
  private static boolean isAboutMissingModels(Failure failure) {
    return failure.name().equals("builtins.KeyError")
        && failure.message().replace("'", "").equals("res.users");
  }

  private static Map<String, Meaning> table() {
    Map<String, Meaning> table = new HashMap<>();
    put(
        table,
        new Meaning.Refused(HeldReason.REJECTED),
        "odoo.exceptions.ValidationError",
        "odoo.exceptions.UserError",
        "odoo.exceptions.RedirectWarning",
        "builtins.ValueError",
        "builtins.KeyError",
        "psycopg2.errors.InvalidTextRepresentation",
        TOO_LARGE);
    put(
        table,
        new Meaning.Refused(HeldReason.FORBIDDEN),
        "odoo.exceptions.AccessError",
        "werkzeug.exceptions.Forbidden");
    put(table, new Meaning.Refused(HeldReason.MISSING), "odoo.exceptions.MissingError");
    put(
        table,
        new Meaning.TryAgain(),
        "psycopg2.errors.SerializationFailure",
        "psycopg2.errors.DeadlockDetected",
        "psycopg2.errors.LockNotAvailable",
        "psycopg2.errors.QueryCanceled",
        "psycopg2.extensions.TransactionRollbackError",
        "psycopg2.extensions.QueryCanceledError",
        "odoo.exceptions.ConcurrencyError",
        "odoo.exceptions.LockError");
    put(
        table,
        new Meaning.Lost(LinkCause.KEY),
        "odoo.exceptions.AccessDenied",
        "werkzeug.exceptions.Unauthorized",
        "odoo.http.SessionExpiredException");
    put(table, new Meaning.Lost(LinkCause.RATE_LIMITED), "werkzeug.exceptions.TooManyRequests");
    put(table, new Meaning.Lost(LinkCause.DATABASE), "psycopg2.errors.InvalidCatalogName");
    // Among them a wrong name of the database, which the probe tells apart.
    put(
        table,
        new Meaning.Lost(LinkCause.DATABASE_DOWN),
        "psycopg2.OperationalError",
        "psycopg2.InterfaceError",
        "psycopg2.pool.PoolError",
        "psycopg2.errors.AdminShutdown",
        "psycopg2.errors.CrashShutdown",
        "psycopg2.errors.CannotConnectNow",
        "psycopg2.errors.DatabaseDropped",
        "psycopg2.errors.TooManyConnections",
        "psycopg2.errors.ConnectionException",
        "psycopg2.errors.ConnectionFailure",
        "psycopg2.errors.ConnectionDoesNotExist",
        "psycopg2.errors.SqlclientUnableToEstablishSqlconnection",
        "psycopg2.errors.SqlserverRejectedEstablishmentOfSqlconnection",
        "psycopg2.errors.IdleInTransactionSessionTimeout",
        "psycopg2.errors.DiskFull",
        "psycopg2.errors.OutOfMemory",
        "psycopg2.errors.InsufficientResources",
        "psycopg2.errors.IoError",
        "psycopg2.errors.ReadOnlySqlTransaction");
    put(
        table,
        new Meaning.Lost(LinkCause.ODOO_UPGRADING),
        "psycopg2.errors.UndefinedTable",
        "psycopg2.errors.UndefinedColumn");
    put(
        table,
        new Meaning.Lost(LinkCause.ODOO_DOWN),
        "werkzeug.exceptions.InternalServerError",
        "werkzeug.exceptions.BadGateway",
        "werkzeug.exceptions.ServiceUnavailable",
        "werkzeug.exceptions.GatewayTimeout",
        "builtins.MemoryError");
    return Map.copyOf(table);
  }

  private static void put(Map<String, Meaning> table, Meaning meaning, String... names) {
    for (String name : names) {
      table.put(name, meaning);
    }
  }
}
