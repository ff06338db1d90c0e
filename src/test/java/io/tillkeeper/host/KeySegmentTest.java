package io.tillkeeper.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.NameIterator;
import io.quarkus.runtime.configuration.PropertiesUtil;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The binary's answer, which is to be the framework's own. */
class KeySegmentTest {

  private static final long SEED = Long.getLong("tillkeeper.seed", System.nanoTime());

  private static final List<String> SEGMENTS =
      List.of(
          "log",
          "level",
          "let",
          "http",
          "*",
          "\"a.b\"",
          "\"*\"",
          "files[0]",
          "files[*]",
          "a*",
          "%prod",
          "X",
          "");

  private final Random random = new Random(SEED);

  @Test
  void isThatOfTheFramework() {
    var same = 0;
    for (var i = 0; i < 20_000; i++) {
      var name =
          IntStream.rangeClosed(1, 3).mapToObj(n -> segment()).collect(Collectors.joining("."));
      var wanted = segment();
      for (var key = new NameIterator(name); key.hasNext(); key.next()) {
        var expected = PropertiesUtil.isMapped(key, wanted);
        assertThat(KeySegment.is(key, wanted))
            .as("%s in %s after %d, seed %d", wanted, name, key.getPosition(), SEED)
            .isEqualTo(expected);
        same += expected ? 1 : 0;
      }
    }
    assertThat(same).isPositive();
  }

  private String segment() {
    return SEGMENTS.get(random.nextInt(SEGMENTS.size()));
  }
}
