package io.tillkeeper.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.odoo.Dialect.Answer.Failure;
import io.tillkeeper.odoo.ErrorTable.Meaning;
import io.tillkeeper.queue.HeldReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorTableTest {

  @ParameterizedTest
  @CsvSource({
    "odoo.exceptions.ValidationError, REJECTED",
    "odoo.exceptions.UserError, REJECTED",
    "odoo.exceptions.RedirectWarning, REJECTED",
    "odoo.exceptions.AccessError, FORBIDDEN",
    "odoo.exceptions.MissingError, MISSING",
    "odoo.exceptions.SomethingNew, REJECTED",
    "builtins.ValueError, REJECTED",
    "builtins.KeyError, REJECTED",
    "builtins.AttributeError, REJECTED",
    "builtins.TypeError, REJECTED",
    "psycopg2.errors.InvalidTextRepresentation, REJECTED",
    "psycopg2.errors.NotNullViolation, REJECTED",
    "psycopg2.errors.UniqueViolation, REJECTED",
    "psycopg2.errors.NumericValueOutOfRange, REJECTED",
    "werkzeug.exceptions.UnprocessableEntity, REJECTED",
    "werkzeug.exceptions.RequestEntityTooLarge, REJECTED",
    "odoo.addons.somebody.exceptions.Odd, REJECTED",
  })
  void whatOdooRefusesIsHeld(String name, HeldReason reason) {
    assertThat(meaning(name)).isEqualTo(new Meaning.Refused(reason));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "psycopg2.errors.SerializationFailure",
        "psycopg2.errors.DeadlockDetected",
        "psycopg2.errors.LockNotAvailable",
        "psycopg2.extensions.TransactionRollbackError",
      })
  void whatLostARaceIsSentAgain(String name) {
    assertThat(meaning(name)).isEqualTo(new Meaning.TryAgain());
  }

  @ParameterizedTest
  @CsvSource({
    "odoo.exceptions.AccessDenied, KEY",
    "werkzeug.exceptions.Unauthorized, KEY",
    "odoo.http.SessionExpiredException, KEY",
    "psycopg2.OperationalError, DATABASE_DOWN",
    "psycopg2.InterfaceError, DATABASE_DOWN",
    "psycopg2.errors.AdminShutdown, DATABASE_DOWN",
    "psycopg2.errors.CrashShutdown, DATABASE_DOWN",
    "psycopg2.errors.CannotConnectNow, DATABASE_DOWN",
    "psycopg2.errors.TooManyConnections, DATABASE_DOWN",
    "psycopg2.errors.ConnectionException, DATABASE_DOWN",
    "psycopg2.pool.PoolError, DATABASE_DOWN",
    "psycopg2.errors.InvalidCatalogName, DATABASE",
    "psycopg2.errors.UndefinedTable, ODOO_UPGRADING",
    "psycopg2.errors.UndefinedColumn, ODOO_UPGRADING",
    "werkzeug.exceptions.ServiceUnavailable, ODOO_DOWN",
    "werkzeug.exceptions.TooManyRequests, RATE_LIMITED",
  })
  void whatSaysNothingAboutTheCustomerIsTheLink(String name, LinkCause cause) {
    assertThat(meaning(name)).isEqualTo(new Meaning.Lost(cause));
  }

  @ParameterizedTest
  @ValueSource(strings = {"res.users", "'res.users'"})
  void aDatabaseWithoutOdooIsTheWrongDatabase(String key) {
    assertThat(ErrorTable.of(new Failure("builtins.KeyError", key)))
        .isEqualTo(new Meaning.Lost(LinkCause.DATABASE));
  }

  @Test
  void theMessageDecidesNothing() {
    assertThat(ErrorTable.of(new Failure("odoo.exceptions.UserError", "Access Denied")))
        .isEqualTo(new Meaning.Refused(HeldReason.REJECTED));
  }

  private static Meaning meaning(String name) {
    return ErrorTable.of(new Failure(name, "Etwas ging schief"));
  }
}
