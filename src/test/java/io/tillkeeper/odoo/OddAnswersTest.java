package io.tillkeeper.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tillkeeper.customer.FieldValue;
import io.tillkeeper.odoo.LoadAnswer.CallRefused;
import io.tillkeeper.odoo.LoadAnswer.RowRefusal;
import io.tillkeeper.odoo.LoadAnswer.RowsRefused;
import io.tillkeeper.odoo.ReadAnswer.Records;
import io.tillkeeper.queue.HeldReason;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that no Odoo gives, each of which was once taken for something else, or for a bug. */
class OddAnswersTest {

  private static final String HUGE = "18446744073709551617";

  @ParameterizedTest
  @ValueSource(strings = {"0", "-7", HUGE})
  void anIdThatIsNoneIsNeverTakenForOne(String id) {
    assertLost("[\"res.partner\", " + id + "]", odoo -> odoo.find(Customers.REF));
    assertLost("[\"res.country\", " + id + "]", odoo -> odoo.countryId("ES"));
    assertLost("[{\"id\": " + id + "}]", odoo -> odoo.read(List.of(1L), Set.of("name")));
    assertLost(
        "{\"%s\": \"__tillkeeper__.%s\"}".formatted(id, Customers.REF),
        odoo -> odoo.refs(List.of(1L)));
  }

  @Test
  void externalIdsOfNothingAreALostLink() {
    assertLost(
        "{\"id\": \"__tillkeeper__.%s\"}".formatted(Customers.REF), odoo -> odoo.refs(List.of(1L)));
    assertLost("[]", odoo -> odoo.refs(List.of(1L)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-5", HUGE})
  void aUserThatIsNoneIsNotLoggedIn(String uid) {
    var odoo = new FakeOdoo("18.0");
    odoo.login =
        StubServer.json("{\"jsonrpc\": \"2.0\", \"id\": 1, \"result\": %s}".formatted(uid));

    assertThat(catchThrowableOfType(LinkLost.class, () -> ask(odoo, OdooGateway::probe)))
        .extracting(LinkLost::linkCause)
        .isEqualTo(LinkCause.CAPTIVE_PORTAL);
  }

  @Test
  void aNumberThatNoFieldCanHoldIsALostLink() {
    assertLost(
        "[{\"id\": 1, \"credit_limit\": 1e999}]",
        odoo -> odoo.read(List.of(1L), Set.of("credit_limit")));
  }

  @Test
  void aLargeNumberIsReadAsItIs() {
    assertThat(value("color", HUGE)).isEqualTo(new FieldValue.Decimal(new BigDecimal(HUGE)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[\"a\"]", "[1, null]", "[0, \"Madrid\"]", "[{\"id\": 1}]"})
  void aListOfSomethingElseIsNoListOfIds(String list) {
    assertThat(value("x_things", list)).isEqualTo(new FieldValue.Empty());
  }

  @Test
  @Timeout(20)
  void aNoteOfNothingButOpeningBracketsIsReadInTime() {
    assertThat(value("comment", '"' + "<".repeat(2_000_000) + '"'))
        .isInstanceOf(FieldValue.Text.class);
    assertThat(value("comment", "\"<p>1 < 2, <b>she</b> says</p>\""))
        .isEqualTo(new FieldValue.Text("1 < 2, she says"));
  }

  @Test
  void halfOfASurrogatePairIsNotKept() {
    assertThat(value("name", "\"Ana \\ud83d\"")).isEqualTo(new FieldValue.Text("Ana ?"));
    assertThat(value("name", "\"Ana \\ud83d\\ude00\""))
        .isEqualTo(new FieldValue.Text("Ana \ud83d\ude00"));
    var refused =
        StubServer.answer(
            422,
            "application/json",
            "{\"name\": \"odoo.exceptions.ValidationError\", \"message\": \"No \\udc00 here\"}");
    LoadAnswer answer =
        ask(new FakeOdoo("19.0").then(refused), odoo -> odoo.createIfAbsent(Customers.partners(1)));
    assertThat(answer).isEqualTo(new CallRefused(HeldReason.REJECTED, "No ? here"));
  }

  @Test
  void aFieldThatNoneIsCalledIsNotKept() {
    var answer =
        "{\"ids\": false, \"messages\": [{\"type\": \"error\", \"record\": 0, \"field\": \"%s\", \"message\": \"No\"}]}"
            .formatted("x".repeat(101));

    LoadAnswer read = answered(answer, odoo -> odoo.createIfAbsent(Customers.partners(1)));
    assertThat(read)
        .isEqualTo(new RowsRefused(List.of(new RowRefusal(0, HeldReason.REJECTED, null, "No"))));
  }

  private static FieldValue value(String field, String json) {
    var read =
        answered(
            "[{\"id\": 1, \"%s\": %s}]".formatted(field, json),
            odoo -> odoo.read(List.of(1L), Set.of(field)));
    return ((Records) read).partners().getFirst().values().fields().get(field);
  }

  private static void assertLost(String answer, Consumer<OdooGateway> call) {
    var lost =
        catchThrowableOfType(
            LinkLost.class,
            () ->
                answered(
                    answer,
                    odoo -> {
                      call.accept(odoo);
                      return true;
                    }));
    assertThat(lost).as(answer).isNotNull();
    assertThat(lost.linkCause()).isEqualTo(LinkCause.CAPTIVE_PORTAL);
  }

  private static <T> T answered(String json, Function<OdooGateway, T> call) {
    return ask(new FakeOdoo("19.0").then(StubServer.json(json)), call);
  }

  private static <T> T ask(FakeOdoo odoo, Function<OdooGateway, T> call) {
    try (var server = new StubServer(odoo)) {
      var gateway =
          new VersionedGateway(TestConfig.of(server.uri()), "test", InstantSource.system());
      try {
        return call.apply(gateway);
      } finally {
        gateway.close();
      }
    }
  }
}
