package io.tillkeeper.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tillkeeper.customer.FieldValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadColumnsTest {

  private static final FieldValue EMPTY = new FieldValue.Empty();

  @Test
  void anExternalIdIsBuiltFromTheRef() {
    LoadColumns columns =
        LoadColumns.toCreate(List.of(new NewPartner(Customers.REF, Customers.named("Ada"))));

    assertThat(columns.fields()).containsExactly("id", "name");
    assertThat(columns.data())
        .containsExactly(List.of("__tillkeeper__.11112222-3333-4444-8888-999900001111", "Ada"));
  }

  @Test
  void anUpdateIsAddressedByTheDatabaseId() {
    LoadColumns columns = LoadColumns.toUpdate(List.of(Customers.change(71), Customers.change(9)));

    assertThat(columns.fields()).containsExactly(".id", "city");
    assertThat(columns.data()).containsExactly(List.of("71", "Brest"), List.of("9", "Brest"));
  }

  @Test
  void everyKindOfValueHasItsColumnAndItsText() {
    assertColumn("is_company", new FieldValue.Flag(true), "is_company", "1");
    assertColumn("is_company", new FieldValue.Flag(false), "is_company", "0");
    assertColumn("x_vip", new FieldValue.Flag(false), "x_vip", "");
    assertColumn("color", new FieldValue.Whole(-3), "color", "-3");
    assertColumn(
        "partner_latitude",
        new FieldValue.Decimal(new BigDecimal("1E+3")),
        "partner_latitude",
        "1000");
    assertColumn("state_id", new FieldValue.Reference(75), "state_id/.id", "75");
    assertColumn(
        "category_id", new FieldValue.References(List.of(2L, 1L)), "category_id/.id", "1,2");
    assertColumn("category_id", new FieldValue.References(List.of()), "category_id/.id", "");
    assertColumn("street", new FieldValue.Text("5 < 6 & \"so\""), "street", "5 < 6 & \"so\"");
  }

  @ParameterizedTest
  @CsvSource({"FR, base.fr", "GB, base.uk", "IE, base.ie"})
  void aCountryIsNamedByOdoosExternalId(String code, String externalId) {
    assertColumn("country_id", new FieldValue.Country(code), "country_id/id", externalId);
  }

  @Test
  void aCommentIsMarkupInOdoo() {
    assertColumn(
        "comment",
        new FieldValue.Text("<b> & co\r\nsecond\nthird\rlast"),
        "comment",
        "&lt;b&gt; &amp; co<br/>second<br/>third<br/>last");
  }

  @ParameterizedTest
  @ValueSource(strings = {"country_id", "state_id", "title", "parent_id", "category_id", "x_ids"})
  void aReferenceIsClearedInTheColumnOfReferences(String field) {
    assertColumn(field, EMPTY, field + "/.id", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"email", "vat", "comment", "is_company", "lang"})
  void anythingElseIsClearedInItsOwnColumn(String field) {
    assertColumn(field, EMPTY, field, "");
  }

  @Test
  void anEmptyCellGoesAlongWithTheColumnOfTheOtherRows() {
    LoadColumns columns =
        LoadColumns.toUpdate(
            List.of(
                change("country_id", EMPTY), change("country_id", new FieldValue.Country("FR"))));

    assertThat(columns.fields()).containsExactly(".id", "country_id/id");
    assertThat(columns.data()).containsExactly(List.of("7", ""), List.of("7", "base.fr"));
  }

  @Test
  void oneFieldInTwoWaysIsAMistakeOfTheCaller() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                LoadColumns.toUpdate(
                    List.of(
                        change("country_id", new FieldValue.Reference(75)),
                        change("country_id", new FieldValue.Country("FR")))))
        .withMessageContaining("country_id");
  }

  @Test
  void rowsWithDifferentFieldsAreAMistakeOfTheCaller() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> LoadColumns.toUpdate(List.of(change("email", EMPTY), change("phone", EMPTY))));
    assertThatIllegalArgumentException().isThrownBy(() -> LoadColumns.toUpdate(List.of()));
  }

  private static PartnerChange change(String field, FieldValue value) {
    return new PartnerChange(7, Customers.values(Map.of(field, value)));
  }

  private static void assertColumn(String field, FieldValue value, String column, String cell) {
    LoadColumns columns = LoadColumns.toUpdate(List.of(change(field, value)));
    assertThat(columns.fields()).containsExactly(".id", column);
    assertThat(columns.data()).containsExactly(List.of("7", cell));
  }
}
