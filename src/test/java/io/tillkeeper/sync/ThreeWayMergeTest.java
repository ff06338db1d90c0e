package io.tillkeeper.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.customer.FieldValue;
import io.tillkeeper.customer.Normal;
import io.tillkeeper.queue.Findings.Decision;
import io.tillkeeper.queue.Findings.Dispute;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreeWayMergeTest {

  private final SameValue same =
      new SameValue(new Normal("ES"), code -> code.equals("ES") ? 68L : code);

  private ThreeWayMerge.Merged merge(
      Map<String, Object> base, Map<String, Object> till, Map<String, Object> odoo) {
    return merge(base, till, odoo, Map.of());
  }

  private ThreeWayMerge.Merged merge(
      Map<String, Object> base,
      Map<String, Object> till,
      Map<String, Object> odoo,
      Map<String, Boolean> decided) {
    return new ThreeWayMerge(policies()::of, same)
        .merge(values(base), values(till), values(odoo), decided);
  }

  private static MergeConfig policies() {
    return new MergeConfig() {
      @Override
      public Map<String, FieldPolicy> policy() {
        return Map.of(
            "name", FieldPolicy.ASK, "street", FieldPolicy.ODOO, "comment", FieldPolicy.APPEND);
      }

      @Override
      public FieldPolicy otherwise() {
        return FieldPolicy.TILL;
      }

      @Override
      public boolean note() {
        return false;
      }
    };
  }

  private static CustomerValues values(Map<String, Object> json) {
    return CustomerValues.readSeen(json);
  }

  private static Map<String, Object> city(String value) {
    return Map.of("city", value);
  }

  @Test
  void whatOnlyTheTillChangedIsWritten() {
    var merged = merge(city("Leon"), city("León"), city("Leon"));

    assertThat(merged.toWrite()).isEqualTo(values(city("León")));
    assertThat(merged.disputes()).isEmpty();
  }

  @Test
  void whatOnlyTheBackOfficeChangedIsLeftAlone() {
    var merged = merge(city("Leon"), city("Leon"), city("Lugo"));

    assertThat(merged.toWrite().fields()).isEmpty();
    assertThat(merged.result()).isEqualTo(values(city("Lugo")));
    assertThat(merged.disputes()).isEmpty();
  }

  @Test
  void whatBothChangedToTheSameIsNoDispute() {
    var merged = merge(city("Leon"), city("León"), city("León"));

    assertThat(merged.toWrite().fields()).isEmpty();
    assertThat(merged.disputes()).isEmpty();
  }

  @Test
  void whereNothingIsKnownOfWhatTheCashierSawTheTillCounts() {
    assertThat(merge(Map.of(), city("León"), city("Lugo")).toWrite())
        .isEqualTo(values(city("León")));
  }

  @Test
  void thePolicyTillWritesAndKeepsTheThreeValues() {
    var merged = merge(city("Leon"), city("León"), city("Lugo"));

    assertThat(merged.toWrite()).isEqualTo(values(city("León")));
    assertThat(merged.disputes())
        .containsExactly(
            new Dispute("city", text("Leon"), text("León"), text("Lugo"), Decision.TILL));
    assertThat(merged.needsPerson()).isFalse();
  }

  @Test
  void thePolicyOdooLeavesAlone() {
    var merged = merge(Map.of("street", "A"), Map.of("street", "B"), Map.of("street", "C"));

    assertThat(merged.toWrite().fields()).isEmpty();
    assertThat(merged.disputes()).extracting(Dispute::decision).containsExactly(Decision.ODOO);
  }

  @Test
  void thePolicyAskNeedsAPerson() {
    assertThat(merge(Map.of("name", "A"), Map.of("name", "B"), Map.of("name", "C")).needsPerson())
        .isTrue();
  }

  @Test
  void aPersonsDecisionOverrulesThePolicy() {
    var mine = Map.of("name", true);
    var theirs = Map.of("name", false);

    assertThat(merge(Map.of("name", "A"), Map.of("name", "B"), Map.of("name", "C"), mine).toWrite())
        .isEqualTo(values(Map.of("name", "B")));
    assertThat(
            merge(Map.of("name", "A"), Map.of("name", "B"), Map.of("name", "C"), theirs)
                .toWrite()
                .fields())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "likes tea, likes tea and cake, likes coffee, likes coffee|and cake",
    "likes tea, calls on Mondays, likes coffee, likes coffee|calls on Mondays",
    "'', calls on Mondays, likes coffee, likes coffee|calls on Mondays",
    "'', VIP, Not VIP, Not VIP|VIP",
  })
  void thePolicyAppendPutsWhatTheTillAddedAfterOdoosText(
      String base, String till, String odoo, String written) {
    var merged = merge(Map.of("comment", base), Map.of("comment", till), Map.of("comment", odoo));

    assertThat(merged.toWrite().text("comment")).contains(written.replace('|', '\n'));
    assertThat(merged.disputes()).extracting(Dispute::decision).containsExactly(Decision.APPEND);
  }

  @Test
  void whatWasAppendedByATryWhoseAnswerWasLostIsNotAppendedAgain() {
    Map<String, Object> base = Map.of("comment", "likes tea");
    Map<String, Object> till = Map.of("comment", "likes tea and cake");
    var written = merge(base, till, Map.of("comment", "likes coffee")).toWrite().text("comment");

    var again = merge(base, till, Map.of("comment", written.orElseThrow()));

    assertThat(again.toWrite().fields()).isEmpty();
  }

  @Test
  void setsAreMergedByWhatWasAddedAndTakenAway() {
    var merged =
        merge(
            Map.of("category_id", List.of(1, 2, 3)),
            Map.of("category_id", List.of(1, 2, 4)),
            Map.of("category_id", List.of(2, 3, 5)));

    assertThat(merged.toWrite().fields())
        .containsEntry("category_id", new FieldValue.References(List.of(2L, 4L, 5L)));
  }

  @ParameterizedTest
  @CsvSource({
    "city, ' León ', León",
    "city, León  City, León City",
    "phone, 612 34 56 78, +34612345678",
    "vat, es-b1234, ESB1234",
  })
  void whatIsTheSameToOdooIsNotWritten(String field, String till, String odoo) {
    assertThat(merge(Map.of(), Map.of(field, till), Map.of(field, odoo)).toWrite().fields())
        .isEmpty();
  }

  @Test
  void emptyIsFalseAndZero() {
    var empty = new FieldValue.Empty();

    assertThat(same.same("is_company", new FieldValue.Flag(false), empty)).isTrue();
    assertThat(same.same("color", new FieldValue.Whole(0), empty)).isTrue();
    assertThat(same.same("city", text("  "), empty)).isTrue();
    assertThat(same.same("category_id", new FieldValue.References(List.of()), empty)).isTrue();
    assertThat(same.same("city", text("x"), empty)).isFalse();
  }

  @Test
  void aCountryByItsCodeIsTheCountryWithItsId() {
    assertThat(same.same("country_id", new FieldValue.Country("ES"), new FieldValue.Reference(68)))
        .isTrue();
    assertThat(same.same("country_id", new FieldValue.Country("PT"), new FieldValue.Reference(68)))
        .isFalse();
  }

  @Test
  void fillingTakesOnlyWhatIsEmptyInOdoo() {
    var merged =
        new ThreeWayMerge(policies()::of, same)
            .fill(
                values(Map.of("name", "Ana", "city", "León", "zip", "24001")),
                values(Map.of("name", "ANA", "city", false)));

    assertThat(merged.toWrite()).isEqualTo(values(Map.of("city", "León", "zip", "24001")));
    assertThat(merged.disputes()).isEmpty();
  }

  private static FieldValue text(String value) {
    return new FieldValue.Text(value);
  }
}
