package io.tillkeeper.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a till may give for each field, and what is refused before anything is accepted. */
class CustomerValuesTest {

  private static FieldValue read(String field, Object value) {
    return CustomerValues.read(Collections.singletonMap(field, value)).fields().get(field);
  }

  private static InvalidCustomer refusal(String field, Object value) {
    try {
      read(field, value);
    } catch (InvalidCustomer refused) {
      return refused;
    }
    throw new AssertionError(field + " took what it should have refused");
  }

  static Stream<Arguments> accepted() {
    return Stream.of(
        Arguments.of("name", "Ana", new FieldValue.Text("Ana")),
        Arguments.of("barcode", "0421", new FieldValue.Text("0421")),
        Arguments.of("comment", "one\r\n\ttwo", new FieldValue.Text("one\r\n\ttwo")),
        Arguments.of("is_company", true, new FieldValue.Flag(true)),
        Arguments.of("active", false, new FieldValue.Flag(false)),
        Arguments.of("color", 3, new FieldValue.Whole(3)),
        Arguments.of("color", -3, new FieldValue.Whole(-3)),
        Arguments.of("customer_rank", 0, new FieldValue.Whole(0)),
        Arguments.of(
            "credit_limit",
            new BigDecimal("10.50"),
            new FieldValue.Decimal(new BigDecimal("10.50"))),
        Arguments.of("credit_limit", 10, new FieldValue.Decimal(new BigDecimal("10"))),
        Arguments.of(
            "credit_limit", 10_000_000_000L, new FieldValue.Decimal(new BigDecimal("10000000000"))),
        Arguments.of(
            "credit_limit",
            new BigInteger("99999999999999999999"),
            new FieldValue.Decimal(new BigDecimal("99999999999999999999"))),
        Arguments.of("partner_latitude", -42.5, new FieldValue.Decimal(new BigDecimal("-42.5"))),
        Arguments.of("state_id", 7, new FieldValue.Reference(7)),
        Arguments.of("parent_id", Integer.MAX_VALUE, new FieldValue.Reference(2_147_483_647L)),
        Arguments.of("category_id", List.of(3, 1, 3), new FieldValue.References(List.of(1L, 3L))),
        Arguments.of("category_id", List.of(), new FieldValue.References(List.of())),
        Arguments.of("country_id", 68, new FieldValue.Reference(68)),
        Arguments.of("country_id", "ES", new FieldValue.Country("ES")),
        Arguments.of("country_id", "es", new FieldValue.Country("ES")),
        Arguments.of("country_id", "XK", new FieldValue.Country("XK")),
        Arguments.of("property_payment_term_id", 4, new FieldValue.Reference(4)),
        Arguments.of("x_size", "large\nsize", new FieldValue.Text("large\nsize")),
        Arguments.of("x_vip", true, new FieldValue.Flag(true)),
        Arguments.of("x_vip", false, new FieldValue.Flag(false)),
        Arguments.of("x_points", 12, new FieldValue.Whole(12)),
        Arguments.of("x_points", 12_000_000_000L, new FieldValue.Whole(12_000_000_000L)),
        Arguments.of(
            "x_rate", new BigDecimal("0.1"), new FieldValue.Decimal(new BigDecimal("0.1"))),
        Arguments.of("x_tags", List.of(2, 1), new FieldValue.References(List.of(1L, 2L))),
        Arguments.of("x_tag_ids", List.of(2), new FieldValue.References(List.of(2L))),
        Arguments.of("x_club_id", 5, new FieldValue.Reference(5)));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void takesWhatTheFieldIsFor(String field, Object given, FieldValue read) {
    assertThat(read(field, given)).isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "comment",
        "city",
        "parent_id",
        "category_id",
        "country_id",
        "x_club_id",
        "x_tag_ids"
      })
  void isClearedByNullByNothingAndByOdoosFalse(String field) {
    assertThat(read(field, null)).isEqualTo(new FieldValue.Empty());
    assertThat(read(field, "")).isEqualTo(new FieldValue.Empty());
    assertThat(read(field, false)).isEqualTo(new FieldValue.Empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"color", "credit_limit", "is_company", "x_anything"})
  void isClearedByNullAndByNothing(String field) {
    assertThat(read(field, null)).isEqualTo(new FieldValue.Empty());
    assertThat(read(field, "")).isEqualTo(new FieldValue.Empty());
  }

  static Stream<Arguments> wrongTypes() {
    return Stream.of(
        Arguments.of("name", List.of("Ana", 5, true, List.of(), Map.of())),
        Arguments.of("comment", List.of(5, true, List.of("a"), Map.of("a", 1))),
        Arguments.of("is_company", List.of("true", "yes", 1, 0, List.of())),
        Arguments.of(
            "color",
            List.of("1", true, false, new BigDecimal("1.5"), 2_147_483_648L, Integer.MIN_VALUE)),
        Arguments.of(
            "credit_limit",
            List.of("1", true, false, List.of(), Double.NaN, Double.POSITIVE_INFINITY)),
        Arguments.of(
            "credit_limit",
            List.of(
                new BigDecimal("1e31"),
                new BigDecimal("1e-31"),
                new BigDecimal("1e2147483647"),
                new BigDecimal("1e2147483648"),
                new BigInteger("9".repeat(31)))),
        Arguments.of(
            "state_id",
            List.of(
                "7",
                true,
                0,
                -1,
                2_147_483_648L,
                BigInteger.TEN.pow(30),
                new BigDecimal("7.0"),
                List.of(7))),
        Arguments.of(
            "category_id",
            List.of(
                "7",
                7,
                true,
                List.of("7"),
                List.of(0),
                List.of(-1),
                List.of(true),
                List.of(List.of(6, 0, 1)),
                List.of(2_147_483_648L),
                Collections.singletonList(null),
                Collections.nCopies(1_001, 1))),
        Arguments.of(
            "country_id",
            List.of(
                "XX", "ESP", "E", "Spain", "zz", "\u00df", "\u0130N", "E\u017f", 0, -1, true,
                List.of())),
        Arguments.of("x_anything", List.of(Map.of("a", 1), List.of("a"), List.of(0))),
        Arguments.of("x_club_id", List.of("7", 0, List.of(7), true)));
  }

  @ParameterizedTest
  @MethodSource("wrongTypes")
  void refusesWhatTheFieldIsNotFor(String field, List<Object> values) {
    for (var value : values) {
      if (field.equals("name") && value.equals("Ana")) {
        continue; // the one that it is for
      }
      assertThat(refusal(field, value)).extracting(InvalidCustomer::field).isEqualTo(field);
    }
  }

  @Test
  void neverRepeatsWhatWasGivenInARefusal() {
    var secret = "S3CRET";
    for (var field : List.of("is_company", "color", "credit_limit", "state_id", "country_id")) {
      assertThat(refusal(field, secret)).hasMessageNotContaining(secret);
    }
    assertThat(refusal("name", secret + "\u0000")).hasMessageNotContaining(secret);
    assertThat(refusal("x_anything", Map.of(secret, secret))).hasMessageNotContaining(secret);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\t",
        "\u00a0",
        "\u2007\u202f",
        "\u3000",
        "\u200b",
        "\u200d\u2060\ufeff",
        " \u00a0\u200b "
      })
  void aNameOfWhichNothingCanBeSeenIsNone(String name) {
    assertThat(refusal("name", name).field()).isEqualTo("name");
  }

  @Test
  void aNameCannotBeCleared() {
    assertThat(refusal("name", null)).hasMessage("A customer needs a name.");
    assertThat(refusal("name", false)).hasMessage("A customer needs a name.");
  }

  @Test
  void whatWasSeenInOdooMayHaveNoName() {
    var seen = CustomerValues.readSeen(Collections.singletonMap("name", false));
    assertThat(seen.fields()).containsEntry("name", new FieldValue.Empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\u0000b",
        "a\u0001b",
        "a\u001bb",
        "a\u007fb",
        "a\u0085b",
        "a\nb",
        "a\rb",
        "a\tb",
      })
  void aLineHasNoControlCharacters(String text) {
    assertThat(refusal("name", text)).hasMessageContaining("control character");
    assertThat(refusal("street", text)).hasMessageContaining("control character");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "a\u0008b", "a\u000bb", "a\u000cb", "a\u009fb"})
  void aTextHasNoControlCharactersButItsLayout(String text) {
    assertThat(refusal("comment", text)).hasMessageContaining("control character");
    assertThat(refusal("x_note", text)).hasMessageContaining("control character");
  }

  @Test
  void halfOfASurrogatePairIsRefused() {
    // written as characters: JUnit cannot show them
    for (var half : List.of("a\ud83d", "\ude00b", "a\ude00\ud83db")) {
      for (var field : List.of("name", "comment", "x_note")) {
        assertThat(refusal(field, half)).hasMessageContaining("surrogate");
      }
    }
  }

  @Test
  void textHasALongestLength() {
    assertThat(read("name", "n".repeat(1_000))).isNotNull();
    assertThat(refusal("name", "n".repeat(1_001))).hasMessageContaining("1000");
    assertThat(read("comment", "c".repeat(100_000))).isNotNull();
    assertThat(refusal("comment", "c".repeat(100_001))).hasMessageContaining("100000");
    assertThat(refusal("x_note", "c".repeat(100_001)).field()).isEqualTo("x_note");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id",
        "display_name",
        "create_date",
        "write_uid",
        "__last_update",
        "email_normalized",
        "phone_sanitized",
        "commercial_partner_id",
        "message_ids",
        "activity_state",
        "rating_ids",
        "website_message_ids"
      })
  void whatOdooKeepsItselfCannotBeGiven(String field) {
    assertThat(refusal(field, 1).field()).isEqualTo(field);
    assertThat(refusal(field, null)).hasMessageContaining("kept by Odoo");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"child_ids", "bank_ids", "user_ids", "image_1920", "image_128", "avatar_512"})
  void recordsThatPointToACustomerAndPicturesCannotBeGiven(String field) {
    assertThat(refusal(field, List.of(1))).hasMessageContaining("cannot be written from a till");
    assertThat(refusal(field, null).field()).isEqualTo(field);
  }

  @Test
  void whatCannotBeTheNameOfAFieldIsRefusedAndNotRepeated() {
    for (var name :
        List.of(
            "",
            "Name",
            "1st",
            "_name",
            "na me",
            "name\n",
            "parent_id/id",
            ".id",
            "na\u00efve",
            "n".repeat(64),
            "message_" + "n".repeat(64),
            "message_\ud83d",
            "rating_of somebody")) {
      var refused = refusal(name, "x");
      assertThat(refused.field()).isEqualTo("values");
      if (name.length() > 4) {
        assertThat(refused).hasMessageNotContaining(name);
      }
    }
  }

  @Test
  void theFirstFieldByNameIsTheOneThatIsRefused() {
    assertThatExceptionOfType(InvalidCustomer.class)
        .isThrownBy(
            () -> CustomerValues.read(Map.of("zip", 1, "city", 1, "name", "Ana", "email", 1)))
        .extracting(InvalidCustomer::field)
        .isEqualTo("city");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ana María Núñez",
        "Łukasz Żółć",
        "Ἀριστοτέλης",
        "Дмитрий Шостакович",
        "דוד בן־גוריון",
        "محمد الفاتح",
        "अमिताभ बच्चन",
        "สมชาย ใจดี",
        "王小明",
        "𠮷野家",
        "山田 太郎",
        "김철수",
        "Nguyễn Thị Minh Khai",
        "İstanbul ıssız",
        "👩🏽‍🚀 & 👨‍👩‍👧‍👦 GmbH",
        "Zoe\u0308",
        "a\u200bb",
        " spaces kept ",
        "O'Neil \"The\" <b>\\ % _ ! ; --",
        "\u202eright to left\u202c",
      })
  void aNameIsKeptAsItWasTyped(String name) {
    assertThat(read("name", name)).isEqualTo(new FieldValue.Text(name));
  }

  @Test
  void whatJsonIsMadeOfItIsReadBackAsItWas() {
    var given = new TreeMap<String, Object>();
    accepted().map(Arguments::get).forEach(each -> given.put((String) each[0], each[1]));
    given.put("zip", null);

    var read = CustomerValues.read(given);

    assertThat(CustomerValues.read(read.toJson())).isEqualTo(read);
  }

  @Test
  void newerValuesLieOverOlderOnes() {
    var older = CustomerValues.read(Map.of("name", "Ana", "city", "Vigo"));
    var newer = CustomerValues.read(new TreeMap<>(Map.of("city", "", "zip", "36201")));

    var both = older.overlaidWith(newer);

    assertThat(both.toJson())
        .containsEntry("name", "Ana")
        .containsEntry("city", null)
        .containsEntry("zip", "36201");
    assertThat(both.withoutEmpty().fields()).containsOnlyKeys("name", "zip");
    assertThat(both.without("zip").fields()).containsOnlyKeys("name", "city");
    assertThat(both.only("zip").fields()).containsOnlyKeys("zip");
    assertThat(both.text("name")).contains("Ana");
    assertThat(both.text("city")).isEmpty();
  }

  @Test
  void valuesDoNotChangeWithWhatTheyWereMadeOf() {
    var ids = new ArrayList<>(Arrays.asList(2, 1));
    var json = new TreeMap<String, Object>(Map.of("category_id", ids));

    var values = CustomerValues.read(json);
    ids.clear();
    json.clear();

    assertThat(values.fields())
        .containsEntry("category_id", new FieldValue.References(List.of(1L, 2L)));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> values.fields().clear());
  }
}
