package io.tillkeeper.customer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentityTest {

  private final Identity identity = new Identity(new Normal("ES"));

  private static CustomerValues values(Map<String, ?> values) {
    return CustomerValues.read(values);
  }

  @Test
  void whatIsWrittenInAnotherWayIsTheSame() {
    assertThat(
            identity.isAnother(
                values(Map.of("name", "Ana", "phone", "612 34 56 78")),
                values(Map.of("name", "Bruno", "phone", "+34612345678"))))
        .isFalse();
    assertThat(identity.isAnother(values(Map.of("name", "ANA")), values(Map.of("name", "Ana"))))
        .isFalse();
    assertThat(
            identity.isAnother(
                values(Map.of("email", "Ana <ana@example.com>")),
                values(Map.of("email", "ana@example.com"))))
        .isFalse();
  }

  @Test
  void anotherHasNothingInCommon() {
    assertThat(
            identity.isAnother(
                values(Map.of("name", "Ana", "vat", "ES12345678Z", "city", "Soria")),
                values(Map.of("name", "Bruno", "city", "Soria"))))
        .isTrue();
  }

  @Test
  void ofWhomNothingIsKnownNobodyIsAnother() {
    assertThat(identity.isAnother(values(Map.of("city", "Soria")), values(Map.of("name", "Bruno"))))
        .isFalse();
  }

  @Test
  void theExtentCountsWhatIsSaid() {
    assertThat(Identity.extent(values(Map.of("name", "Ana", "city", "Soria")))).isEqualTo(1);
  }
}
