package io.tillkeeper.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillkeeper.odoo.LoadAnswer.Again;
import io.tillkeeper.odoo.LoadAnswer.CallRefused;
import io.tillkeeper.odoo.LoadAnswer.Loaded;
import io.tillkeeper.odoo.LoadAnswer.RowRefusal;
import io.tillkeeper.odoo.LoadAnswer.RowsRefused;
import io.tillkeeper.odoo.OdooServer.Protocol;
import io.tillkeeper.queue.HeldReason;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway against the very answers that real servers gave. */
class RecordedAnswersTest {

  @ParameterizedTest
  @CsvSource({"16.0, 23", "18.0, 25", "19.0, 71"})
  void aCustomerIsCreated(String version, long id) {
    assertThat(create(version, "100-%s-load-new-external-id", 1))
        .isEqualTo(new Loaded(List.of(id)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"16.0", "18.0", "19.0"})
  void aBadValueIsNamedWithItsRowAndField(String version) {
    assertThat(create(version, "105-%s-load-5-rows-one-bad-country-db-id", 5))
        .isEqualTo(
            new RowsRefused(
                List.of(
                    rejected(
                        2,
                        "country_id",
                        "No matching record found for database id '99999999' in field"
                            + " 'Country'"))));
    assertThat(refusals(create(version, "111-%s-load-bad-boolean", 1)))
        .extracting(RowRefusal::field)
        .containsExactly("is_company");
  }

  @ParameterizedTest
  @ValueSource(strings = {"16.0", "18.0", "19.0"})
  void eachBadRowIsNamed(String version) {
    assertThat(refusals(create(version, "106-%s-load-5-rows-two-without-name", 5)))
        .extracting(RowRefusal::row)
        .containsExactly(2, 4);
    assertThat(refusals(create(version, "113-%s-load-bad-barcode-duplicate", 2)))
        .containsExactly(
            rejected(0, null, "Another partner already has this barcode"),
            rejected(1, null, "Another partner already has this barcode"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"16.0", "18.0"})
  void theWarningAfterTenErrorsIsNoRefusal(String version) {
    assertThat(refusals(create(version, "243-%s-load-60-rows-30-bad", 60)))
        .extracting(RowRefusal::row)
        .containsExactly(IntStream.range(0, 10).mapToObj(i -> 2 * i + 1).toArray(Integer[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"16.0", "18.0", "19.0"})
  void aMissingRightIsARefusalOfTheRow(String version) {
    List<RowRefusal> refusals = refusals(create(version, "114-%s-load-no-create-right", 1));
    assertThat(refusals).extracting(RowRefusal::reason).containsExactly(HeldReason.REJECTED);
    assertThat(refusals.getFirst().words()).startsWith("You are not allowed to create");
  }

  @ParameterizedTest
  @ValueSource(strings = {"16.0", "18.0", "19.0"})
  void anUnknownPartnerIsMissingAndNothingElse(String version) {
    try (Odoo odoo = new Odoo(version, recording(version, "119-%s-load-by-missing-database-id"))) {
      assertThat(odoo.gateway.update(List.of(Customers.change(99999999))))
          .isEqualTo(
              new RowsRefused(
                  List.of(
                      new RowRefusal(
                          0, HeldReason.MISSING, null, "Unknown database identifier '99999999'"))));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"16.0", "18.0", "19.0"})
  void aLostRaceIsRepeatedUntilItIsWon(String version) {
    Recording race = recording(version, "180-%s-load-race-loser-noupdate");
    Recording won = recording(version, "100-%s-load-new-external-id");
    try (Odoo odoo = new Odoo(version, race, race, won)) {
      assertThat(odoo.gateway.createIfAbsent(Customers.partners(1))).isInstanceOf(Loaded.class);
    }
    try (Odoo odoo = new Odoo(version, race)) {
      assertThat(odoo.gateway.createIfAbsent(Customers.partners(1)))
          .isEqualTo(new Again("could not serialize access due to concurrent update"));
      assertThat(odoo.server.count("\"fields\"") + odoo.server.count("execute_kw")).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "16.0, 60-%s-create-without-name, REJECTED",
    "18.0, 60-%s-create-without-name, REJECTED",
    "19.0, 60-%s-create-without-name, REJECTED",
    "16.0, 64-%s-create-string-in-many2one, REJECTED",
    "18.0, 64-%s-create-string-in-many2one, REJECTED",
    "19.0, 64-%s-create-string-in-many2one, REJECTED",
    "16.0, 73-%s-no-create-right, FORBIDDEN",
    "18.0, 73-%s-no-create-right, FORBIDDEN",
    "19.0, 73-%s-no-create-right, FORBIDDEN",
    "16.0, 81-%s-archive-user-partner, REJECTED",
    "18.0, 81-%s-archive-user-partner, REJECTED",
    "19.0, 81-%s-archive-user-partner, REJECTED",
    "16.0, 86-%s-write-deleted, MISSING",
    "18.0, 86-%s-write-deleted, MISSING",
    "19.0, 86-%s-write-deleted, MISSING",
    "16.0, 109-%s-load-unknown-field, REJECTED",
    "18.0, 109-%s-load-unknown-field, REJECTED",
    "19.0, 109-%s-load-unknown-field, REJECTED",
    "16.0, 155-%s-load-native-types, REJECTED",
    "18.0, 155-%s-load-native-types, REJECTED",
    "19.0, 155-%s-load-native-types, REJECTED",
    "19.0, 37-%s-malformed-json, REJECTED",
    "19.0, 43-%s-unknown-model, REJECTED",
    "19.0, 47-%s-missing-argument, REJECTED",
  })
  void anExceptionIsARefusalOfTheCall(String version, String name, HeldReason reason) {
    assertThat(create(version, name, 1))
        .isInstanceOfSatisfying(
            CallRefused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(reason);
              assertThat(refused.words()).isNotBlank().doesNotContain("traceback");
            });
  }

  @ParameterizedTest
  @CsvSource({"18.0", "19.0"})
  void aConflictInTheDatabaseIsNoRefusal(String version) {
    assertThat(create(version, "290-%s-write-serialization-failure", 1)).isInstanceOf(Again.class);
  }

  @ParameterizedTest
  @CsvSource({
    "16.0, 15-%s-execute_kw-wrong-password, KEY",
    "18.0, 15-%s-execute_kw-wrong-password, KEY",
    "18.0, 256-%s-expired-apikey, KEY",
    "19.0, 256-%s-expired-apikey, KEY",
    "19.0, 31-%s-missing-bearer, KEY",
    "19.0, 32-%s-wrong-bearer, KEY",
    "16.0, 17-%s-execute_kw-wrong-db, DATABASE_DOWN",
    "18.0, 17-%s-execute_kw-wrong-db, DATABASE_DOWN",
    "19.0, 35-%s-wrong-db-header, DATABASE_DOWN",
    "16.0, 260-%s-load-dbdown, DATABASE_DOWN",
    "18.0, 260-%s-load-dbdown, DATABASE_DOWN",
    "19.0, 260-%s-search_count-dbdown, DATABASE_DOWN",
    "18.0, 270-%s-load-database-lost-mid-request, DATABASE_DOWN",
    "19.0, 270-%s-load-database-lost-mid-request, DATABASE_DOWN",
    "19.0, 302-%s-uninitialised-db, ODOO_DOWN",
    "19.0, 41-%s-wrong-content-type, CAPTIVE_PORTAL",
  })
  void whatSaysNothingAboutTheCustomerIsTheLink(String version, String name, LinkCause cause) {
    try (Odoo odoo = new Odoo(version, recording(version, name))) {
      LinkLost lost =
          catchThrowableOfType(
              LinkLost.class, () -> odoo.gateway.createIfAbsent(Customers.partners(1)));
      assertThat(lost.linkCause()).isEqualTo(cause);
      assertThat(lost).hasMessageNotContaining(TestConfig.KEY);
    }
  }

  @Test
  void aDatabaseWithoutOdooIsTheWrongOne() {
    try (Odoo odoo = new Odoo("18.0", Recording.of("19.0", "303-jsonrpc-uninitialised-db"))) {
      assertThat(probeFails(odoo)).isEqualTo(LinkCause.DATABASE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"16.0", "18.0"})
  void aUserThatIsGoneIsAMatterOfTheKey(String version) {
    try (Odoo odoo = new Odoo(version, recording(version, "16-%s-execute_kw-unknown-uid"))) {
      odoo.fake.login = StubServer.json("{\"jsonrpc\": \"2.0\", \"id\": 1, \"result\": 99999}");
      assertThat(probeFails(odoo)).isEqualTo(LinkCause.KEY);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "09-%s-authenticate-wrong-password, KEY",
    "10-%s-authenticate-unknown-user, KEY",
    "11-%s-authenticate-wrong-db, DATABASE_DOWN",
  })
  void aLogInCanFail(String name, LinkCause cause) {
    for (String version : List.of("16.0", "18.0")) {
      try (Odoo odoo = new Odoo(version, recording(version, "13-%s-execute_kw-apikey"))) {
        odoo.fake.login = recording(version, name).replay();
        assertThat(probeFails(odoo)).isEqualTo(cause);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"16.0", "18.0", "19.0"})
  void aPartnerIsFoundByItsExternalId(String version) {
    assertThat(find(version, "149-%s-check_object_reference-existing-as-sync")).isPositive();
    assertThat(find(version, "134-%s-check_object_reference-as-sync")).isEqualTo(-1);
    assertThat(find(version, "150-%s-check_object_reference-absent-as-sync")).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({
    "16.0, 13-%s-execute_kw-apikey, JSON_RPC",
    "18.0, 13-%s-execute_kw-apikey, JSON_RPC",
    "19.0, 39-%s-search_count, JSON_2",
  })
  void aProbeTellsWhoIsThere(String version, String name, Protocol protocol) {
    try (Odoo odoo = new Odoo(version, recording(version, name))) {
      assertThat(odoo.gateway.probe()).isEqualTo(new OdooServer(version, protocol, "shop"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "16.0, 17-%s-execute_kw-wrong-db",
    "18.0, 17-%s-execute_kw-wrong-db",
    "19.0, 35-%s-wrong-db-header",
  })
  void aProbeTellsAWrongDatabaseFromOneThatIsDown(String version, String name) {
    try (Odoo odoo = new Odoo(version, recording(version, name))) {
      odoo.fake.health = Recording.of(version, "02-web-health-db").replay();
      assertThat(probeFails(odoo)).isEqualTo(LinkCause.DATABASE);
      odoo.fake.health = Recording.of(version, "260-web-health-db-dbdown").replay();
      assertThat(probeFails(odoo)).isEqualTo(LinkCause.DATABASE_DOWN);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"16.0", "18.0", "19.0"})
  void ourRequestsHaveTheShapeOfTheRecordedOnes(String version) throws JsonProcessingException {
    Recording recording = recording(version, "140-%s-load-create-if-absent");
    try (Odoo odoo = new Odoo(version, recording)) {
      odoo.gateway.createIfAbsent(Customers.partners(1));
      JsonNode sent = new ObjectMapper().readTree(odoo.server.requests().getLast().body());
      assertThat(shape(arguments(sent))).isEqualTo(shape(arguments(recording.sent())));
    }
  }

  private static JsonNode arguments(JsonNode body) {
    JsonNode args = body.path("params").path("args");
    return args.isMissingNode() ? body : args;
  }

  /** The names and depths of it, without the rows and the flags of the context. */
  private static String shape(JsonNode node) {
    if (node.isObject()) {
      StringBuilder shape = new StringBuilder("{");
      node.properties().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(
              property ->
                  shape
                      .append(property.getKey())
                      .append(property.getKey().equals("context") ? "" : shape(property.getValue()))
                      .append(' '));
      return shape.append('}').toString();
    }
    if (node.isArray()) {
      return node.isEmpty() || node.get(0).isTextual() && !node.toString().contains("res.partner")
          ? "[]"
          : IntStream.range(0, node.size()).mapToObj(i -> shape(node.get(i))).toList().toString();
    }
    return node.getNodeType().toString();
  }

  private static long find(String version, String name) {
    try (Odoo odoo = new Odoo(version, recording(version, name))) {
      return odoo.gateway.find(Customers.REF).orElse(-1);
    }
  }

  private static LoadAnswer create(String version, String name, int rows) {
    try (Odoo odoo = new Odoo(version, recording(version, name))) {
      return odoo.gateway.createIfAbsent(Customers.partners(rows));
    }
  }

  private static LinkCause probeFails(Odoo odoo) {
    return catchThrowableOfType(LinkLost.class, odoo.gateway::probe).linkCause();
  }

  private static List<RowRefusal> refusals(LoadAnswer answer) {
    assertThat(answer).isInstanceOf(RowsRefused.class);
    return ((RowsRefused) answer).rows();
  }

  private static RowRefusal rejected(int row, String field, String words) {
    return new RowRefusal(row, HeldReason.REJECTED, field, words);
  }

  private static Recording recording(String version, String name) {
    return Recording.of(version, name.formatted(version.equals("19.0") ? "json2" : "jsonrpc"));
  }

  /** A gateway and a server that says what was recorded, the version and the log-in included. */
  private static final class Odoo implements AutoCloseable {
    final FakeOdoo fake;
    final StubServer server;
    final VersionedGateway gateway;

    Odoo(String version, Recording... answers) {
      fake = new FakeOdoo(version);
      fake.version = Recording.of(version, "05-webclient-version-info").replay();
      if (!version.equals("19.0")) {
        fake.login = Recording.of(version, "08-jsonrpc-authenticate-apikey").replay();
      }
      for (Recording answer : answers) {
        fake.then(answer.replay());
      }
      server = new StubServer(fake);
      gateway = new VersionedGateway(TestConfig.of(server.uri()), "test", InstantSource.system());
    }

    @Override
    public void close() {
      gateway.close();
      server.close();
    }
  }
}
