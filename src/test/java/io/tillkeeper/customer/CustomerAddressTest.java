package io.tillkeeper.customer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two ways to name a customer, and nothing else. */
class CustomerAddressTest {

  @Test
  void aRefIsAWrittenOutUuidInEitherCase() {
    var ref = UUID.fromString("0a0b0c0d-0102-4a0b-8c0d-0e0f0a0b0c0d");

    assertThat(CustomerAddress.parse(ref.toString())).contains(new CustomerAddress.ByRef(ref));
    assertThat(CustomerAddress.parse(ref.toString().toUpperCase()))
        .contains(new CustomerAddress.ByRef(ref));
  }

  @Test
  void anIdOfOdooIsAnIntegerOfPostgresql() {
    assertThat(CustomerAddress.parse("odoo:1")).contains(new CustomerAddress.ByOdooId(1));
    assertThat(CustomerAddress.parse("odoo:2147483647"))
        .contains(new CustomerAddress.ByOdooId(2_147_483_647));
  }

  @Test
  void aNegativeIdStandsForOneOfOdoos() {
    assertThat(CustomerAddress.parse("odoo:-7")).contains(new CustomerAddress.ByOdooId(-7));
    assertThat(CustomerAddress.parse("odoo:-2147483647"))
        .contains(new CustomerAddress.ByOdooId(-2_147_483_647));
    assertThat(new CustomerAddress.ByOdooId(-7).isLocal()).isTrue();
    assertThat(new CustomerAddress.ByOdooId(7).isLocal()).isFalse();
  }

  @Test
  void anIdOutsideOfPostgresqlsIsNone() {
    assertThat(CustomerAddress.byOdooId(0)).isEmpty();
    assertThat(CustomerAddress.byOdooId(1L << 31)).isEmpty();
    assertThat(CustomerAddress.byOdooId(Long.MIN_VALUE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1-2-3-4-5",
        "0a0b0c0d01024a0b8c0d0e0f0a0b0c0d",
        "{0a0b0c0d-0102-4a0b-8c0d-0e0f0a0b0c0d}",
        " 0a0b0c0d-0102-4a0b-8c0d-0e0f0a0b0c0d",
        "0a0b0c0d-0102-4a0b-8c0d-0e0f0a0b0c0d\n",
        "0a0b0c0d-0102-4a0b-8c0d-0e0f0a0b0c0g",
        "42",
        "odoo:",
        "odoo:0",
        "odoo:042",
        "odoo:-0",
        "odoo:-07",
        "odoo:--7",
        "odoo:-",
        "odoo:- 7",
        "odoo:-2147483648",
        "odoo:-9999999999",
        "odoo:+1",
        "odoo: 1",
        "odoo:1 ",
        "odoo:\u0661",
        "Odoo:1",
        "odoo:2147483648",
        "odoo:9999999999",
        "odoo:99999999999999999999"
      })
  void anythingElseIsNone(String text) {
    assertThat(CustomerAddress.parse(text)).isEmpty();
  }
}
