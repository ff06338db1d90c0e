package io.tillkeeper.odoo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tillkeeper.Packed;
import io.tillkeeper.odoo.StubServer.Behaviour;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What calls itself Odoo may answer with little that would be more than the box has memory for. No
 * such answer is asked for, and none is unpacked.
 */
class PackedAnswersTest {

  private static final int MEBIBYTES = 256;

  /** As good an answer to any call as there is, for whoever unpacks it. */
  private static byte[] bomb;

  @BeforeAll
  static void pack() {
    bomb = Packed.json(MEBIBYTES, "{\"ids\": [1], \"messages\": []}");
    assertThat(bomb).hasSizeLessThan(512 * 1024);
  }

  private static Behaviour answer(String encoding) {
    return (request, connection) -> {
      var out = connection.getOutputStream();
      out.write(
          "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n"
              .formatted(encoding, bomb.length)
              .getBytes(US_ASCII));
      out.write(bomb);
    };
  }

  private static LinkLost lost(FakeOdoo odoo) {
    try (var server = new StubServer(odoo)) {
      var gateway =
          new VersionedGateway(TestConfig.of(server.uri()), "test", InstantSource.system());
      try {
        var lost =
            catchThrowableOfType(
                LinkLost.class, () -> gateway.createIfAbsent(Customers.partners(1)));
        assertThat(server.requests())
            .isNotEmpty()
            .noneMatch(request -> request.headers().containsKey("accept-encoding"))
            .noneMatch(request -> request.headers().containsKey("te"));
        return lost;
      } finally {
        gateway.close();
      }
    }
  }

  /** It is read as it came, which is no JSON: so many bytes, and no more. */
  private static void assertReadAsItCame(LinkLost lost) {
    assertThat(lost.linkCause()).isEqualTo(LinkCause.BROKEN);
    assertThat(lost).hasMessageContaining(" %d bytes ".formatted(bomb.length));
  }

  @ParameterizedTest
  @CsvSource({"19.0, gzip", "19.0, x-gzip", "18.0, gzip", "16.0, 'gzip, gzip'"})
  void theAnswerToACallIsNotUnpacked(String version, String encoding) {
    assertReadAsItCame(lost(new FakeOdoo(version).then(answer(encoding))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"16.0", "18.0"})
  void theAnswerToTheLogInIsNotUnpacked(String version) {
    var odoo = new FakeOdoo(version);
    odoo.login = answer("gzip");

    assertReadAsItCame(lost(odoo));
  }

  @Test
  void theAnswerToTheQuestionForTheVersionIsNotUnpacked() {
    var odoo = new FakeOdoo("19.0");
    odoo.version = answer("gzip");

    assertReadAsItCame(lost(odoo));
  }
}
