package io.tillkeeper.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By which names a daemon is called that listens elsewhere than on the loopback. */
class RequestGuardTest {

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "0", "::", "[::]", "0:0:0:0:0:0:0:0", "::0.0.0.0"})
  void everyAddressIsNoName(String listeningOn) {
    assertThat(RequestGuard.ownNames(listeningOn))
        .containsAll(RequestGuard.ownNames("localhost"))
        .hasSameSizeAs(RequestGuard.ownNames("localhost"))
        .doesNotContain("0.0.0.0", "0", "::", "[::]", "[0:0:0:0:0:0:0:0]");
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "Till.Shop.Example, till.shop.example",
    "2001:db8::7, [2001:db8::7]",
    "[2001:db8::7], [2001:db8::7]",
  })
  void theAddressThatItListensOnIsAName(String listeningOn, String name) {
    assertThat(RequestGuard.ownNames(listeningOn)).contains(name, "localhost", "127.0.0.1");
  }
}
