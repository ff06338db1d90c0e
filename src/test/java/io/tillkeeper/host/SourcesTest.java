package io.tillkeeper.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class SourcesTest {

  private static final long NOW = 0x019DA_5A5A_5A5AL;

  @Test
  void aRefHasTheTimeAndOtherwiseIsRandom() {
    var random = UUID.fromString("0fedcba9-8765-4321-9876-543210fedcba");

    assertThat(Sources.ref(NOW, random)).hasToString("19da5a5a-5a5a-7321-9876-543210fedcba");
    assertThat(Sources.ref(NOW, random).version()).isEqualTo(7);
    assertThat(Sources.ref(NOW, random).variant()).isEqualTo(2);
  }

  @Test
  void aLaterOneComesAfterAnEarlierOne() {
    var earlier = Sources.ref(NOW, UUID.fromString("ffffffff-ffff-4fff-bfff-ffffffffffff"));
    var later = Sources.ref(NOW + 1, UUID.fromString("00000000-0000-4000-8000-000000000000"));

    assertThat(later.toString()).isGreaterThan(earlier.toString());
  }
}
