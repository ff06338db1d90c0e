package io.tillkeeper.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The company that a customer belongs to, by either name, and one change over another. */
class CustomerChangeTest {

  private static final UUID COMPANY = UUID.fromString("11111111-2222-4333-8444-555555555555");
  private static final UUID OTHER = UUID.fromString("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee");

  private static CustomerChange change(Map<String, Object> json) {
    return CustomerChange.read(json);
  }

  @Test
  void theCompanyIsNamedByItsRef() {
    var change = change(Map.of("name", "Ana", "parentRef", COMPANY.toString().toUpperCase()));

    assertThat(change.parentRef()).isEqualTo(COMPANY);
    assertThat(change.values().fields()).containsOnlyKeys("name");
    assertThat(change.toJson()).containsEntry("parentRef", COMPANY.toString());
    assertThat(CustomerChange.read(change.toJson())).isEqualTo(change);
  }

  @Test
  void whatIsNoRefIsRefused() {
    for (var wrong : new Object[] {"odoo:42", "1-2-3-4-5", "", 42, true, Map.of()}) {
      assertThatExceptionOfType(InvalidCustomer.class)
          .isThrownBy(() -> change(Map.of("parentRef", wrong)))
          .extracting(InvalidCustomer::field)
          .isEqualTo("parentRef");
    }
    assertThatExceptionOfType(InvalidCustomer.class)
        .isThrownBy(() -> change(Collections.singletonMap("parentRef", null)));
  }

  @Test
  void theCompanyIsNamedOnlyOnce() {
    assertThatExceptionOfType(InvalidCustomer.class)
        .isThrownBy(() -> change(Map.of("parentRef", COMPANY.toString(), "parent_id", 4)))
        .extracting(InvalidCustomer::field)
        .isEqualTo("parentRef");
  }

  @Test
  void nothingIsSaidByAnEmptyChange() {
    assertThat(change(Map.of()).isEmpty()).isTrue();
    assertThat(change(Map.of("parentRef", COMPANY.toString())).isEmpty()).isFalse();
    assertThat(change(Collections.singletonMap("city", null)).isEmpty()).isFalse();
  }

  @Test
  void aNewerChangeLeavesTheCompanyAloneWhenItDoesNotNameOne() {
    var byRef = change(Map.of("name", "Ana", "parentRef", COMPANY.toString()));
    var byId = change(Map.of("name", "Ana", "parent_id", 4));
    var newer = change(Map.of("city", "Vigo"));

    assertThat(byRef.overlaidWith(newer).parentRef()).isEqualTo(COMPANY);
    assertThat(byId.overlaidWith(newer).values().fields())
        .containsEntry("parent_id", new FieldValue.Reference(4));
  }

  @Test
  void aNewerCompanyTakesThePlaceOfTheOlderHoweverEachIsNamed() {
    var byRef = change(Map.of("parentRef", COMPANY.toString()));
    var byId = change(Map.of("parent_id", 4));

    assertThat(byRef.overlaidWith(byId)).isEqualTo(byId);
    assertThat(byId.overlaidWith(byRef)).isEqualTo(byRef);
    assertThat(byRef.overlaidWith(change(Map.of("parentRef", OTHER.toString()))).parentRef())
        .isEqualTo(OTHER);
    var left = byRef.overlaidWith(change(Collections.singletonMap("parent_id", null)));
    assertThat(left.parentRef()).isNull();
    assertThat(left.values().fields()).containsEntry("parent_id", new FieldValue.Empty());
  }
}
