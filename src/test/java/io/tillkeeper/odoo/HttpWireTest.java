package io.tillkeeper.odoo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillkeeper.odoo.StubServer.Behaviour;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpWireTest {

  private static final SSLContext TRUST = Trust.context(Optional.empty());
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(150);
  private static final ObjectNode BODY = JsonNodeFactory.instance.objectNode().put("a", 1);
  private static final String PAGE = "<html>Log in</html>";

  @Test
  void jsonIsHandedOnWithItsStatus() {
    try (StubServer server =
            new StubServer(StubServer.answer(422, "application/json", "{\"name\": \"x\"}"));
        HttpWire wire = wire(server.uri(), LONG)) {
      WireAnswer answer = wire.post("/json/2/a/b", Map.of("X-Test", "yes"), BODY);

      assertThat(answer).isInstanceOf(WireAnswer.Json.class);
      assertThat(((WireAnswer.Json) answer).status()).isEqualTo(422);
      StubServer.Request request = server.requests().getFirst();
      assertThat(request.method()).isEqualTo("POST");
      assertThat(request.path()).isEqualTo("/json/2/a/b");
      assertThat(request.body()).isEqualTo("{\"a\":1}");
      assertThat(request.headers())
          .containsEntry("user-agent", "tillkeeper/test")
          .containsEntry("content-type", "application/json")
          .containsEntry("x-test", "yes");
    }
  }

  @Test
  void nobodyListens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (HttpWire wire = wire(URI.create("http://127.0.0.1:" + port), LONG)) {
      assertThat(lost(wire).linkCause()).isEqualTo(LinkCause.REFUSED);
    }
  }

  @ParameterizedTest
  @CsvSource({"true, DNS", "false, NO_NETWORK"})
  void theNameIsNotFound(boolean network, LinkCause cause) {
    URI nowhere = URI.create("http://nonexistent.invalid");
    try (HttpWire wire =
        new HttpWire(nowhere, LONG, "test", TRUST, Optional.empty(), () -> network)) {
      assertThat(lost(wire).linkCause()).isEqualTo(cause);
    }
  }

  @Test
  void nothingComesBack() {
    assertLost(StubServer.silence(), SHORT, LinkCause.TIMEOUT);
  }

  /**
   * A proxy keeps connections open; when it is gone without a word, or a router has forgotten them,
   * the next call finds out by its time limit, and the one after it takes a new connection.
   */
  @Test
  void aKeptConnectionWhosePeerIsGoneCostsOneCall() {
    Behaviour oneAnswerEach =
        (request, connection) -> {
          connection
              .getOutputStream()
              .write(
                  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
                      .getBytes(UTF_8));
          StubServer.silence().answer(request, connection);
        };
    try (StubServer server = new StubServer(oneAnswerEach);
        HttpWire wire = wire(server.uri(), Duration.ofMillis(800))) {
      wire.post("/first", Map.of(), BODY);

      assertThat(lost(wire).linkCause()).isEqualTo(LinkCause.TIMEOUT);
      assertThat(server.requests()).as("none on a connection of its own").hasSize(1);

      wire.post("/third", Map.of(), BODY);
      assertThat(server.requests()).hasSize(2);
    }
  }

  /** What the other side never reads is given up like what it never answers. */
  @Test
  void aRequestThatNobodyReadsIsGivenUp() throws IOException {
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      deaf.setReceiveBufferSize(4096);
      var large = BODY.deepCopy();
      large.put("name", "x".repeat(32 * 1024 * 1024));
      URI there = URI.create("http://127.0.0.1:" + deaf.getLocalPort());
      try (HttpWire wire = wire(there, SHORT)) {
        LinkLost lost = catchThrowableOfType(LinkLost.class, () -> wire.post("/", Map.of(), large));
        assertThat(lost.linkCause()).isEqualTo(LinkCause.TIMEOUT);
      }
    }
  }

  /** A byte at a time, as over a modem: in time it is an answer, and late it is none. */
  @ParameterizedTest
  @CsvSource({"20, false", "100000, true"})
  void anAnswerThatTricklesIsWaitedForNoLongerThanAnyOther(int bytes, boolean late) {
    Behaviour trickle =
        (request, connection) -> {
          connection.setTcpNoDelay(true);
          StubServer.text(
                  "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n{}"
                      .formatted(bytes))
              .answer(request, connection);
          for (int sent = 2; sent < bytes; sent++) {
            connection.getOutputStream().write(' ');
            LockSupport.parkNanos(1_000_000);
          }
        };
    try (StubServer server = new StubServer(trickle);
        HttpWire wire = wire(server.uri(), late ? SHORT : LONG)) {
      if (late) {
        assertThat(lost(wire).linkCause()).isEqualTo(LinkCause.TIMEOUT);
      } else {
        assertThat(wire.post("/", Map.of(), BODY)).isInstanceOf(WireAnswer.Json.class);
      }
    }
  }

  @Test
  void theBodyStopsInTheMiddle() {
    Behaviour stalled =
        (request, connection) -> {
          StubServer.text(
                  "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{")
              .answer(request, connection);
          StubServer.silence().answer(request, connection);
        };
    assertLost(stalled, SHORT, LinkCause.TIMEOUT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.0 200 OK\r\nContent-Ty",
        "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{\"ids\"",
        "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{\"ids\": [1], \"messages\"",
        "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n",
        "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{} {}",
        "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\nOK",
      })
  void theAnswerIsNotWhole(String answer) {
    assertLost(StubServer.text(answer), LONG, LinkCause.BROKEN);
  }

  @Test
  void theConnectionIsReset() {
    assertLost(StubServer.reset(), LONG, LinkCause.BROKEN);
  }

  @Test
  void theAnswerIsTooLargeForTheBox() {
    Behaviour endless =
        (request, connection) -> {
          OutputStream out = connection.getOutputStream();
          out.write("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n[".getBytes(UTF_8));
          byte[] blanks = " ".repeat(64 * 1024).getBytes(UTF_8);
          while (true) {
            out.write(blanks);
          }
        };
    assertLost(endless, LONG, LinkCause.BROKEN);
  }

  @ParameterizedTest
  @CsvSource({
    "200, CAPTIVE_PORTAL",
    "400, CAPTIVE_PORTAL",
    "401, CAPTIVE_PORTAL",
    "403, CAPTIVE_PORTAL",
    "511, CAPTIVE_PORTAL",
    "500, ODOO_DOWN",
    "502, ODOO_DOWN",
    "503, ODOO_DOWN",
    "504, ODOO_DOWN",
    "429, RATE_LIMITED",
  })
  void aPageIsNoAnswer(int status, LinkCause cause) {
    assertLost(StubServer.answer(status, "text/html", PAGE), LONG, cause);
  }

  @Test
  void jsonUnderAnotherNameIsNoAnswer() {
    assertLost(
        StubServer.answer(200, "text/html", "{\"ids\": [1]}"), LONG, LinkCause.CAPTIVE_PORTAL);
  }

  @Test
  void aPageThatIsNotThereIsToldApart() {
    assertThat(answered(StubServer.answer(404, "text/html", PAGE)))
        .isEqualTo(new WireAnswer.NoSuchPage());
    assertThat(answered(StubServer.answer(413, "text/html", PAGE)))
        .isEqualTo(new WireAnswer.RequestTooLarge());
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectIsNotFollowed(int status) {
    try (StubServer portal = new StubServer(StubServer.json("{\"ids\": [1]}"))) {
      LinkLost lost =
          assertLost(
              StubServer.text(
                  "HTTP/1.0 %d Go\r\nLocation: %s/login?token=hidden\r\n\r\n"
                      .formatted(status, portal.uri())),
              LONG,
              LinkCause.CAPTIVE_PORTAL);
      assertThat(lost).hasMessageContaining("http://127.0.0.1").hasMessageNotContaining("hidden");
      assertThat(portal.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7|PT7S",
        "0|PT0S",
        "Wed, 21 Oct 2015 07:30:00 GMT|PT2M",
        "Wed, 21 Oct 2015 07:00:00 GMT|PT0S",
        "soon|",
        "-5|",
        "99999999999999999999|",
        "999999999|PT1H",
        "Fri, 31 Dec 9999 23:59:59 GMT|PT1H",
      })
  void aPauseIsObeyedAsGiven(String value, Duration pause) {
    for (int status : new int[] {429, 503}) {
      LinkLost lost =
          assertLost(
              StubServer.text(
                  ("HTTP/1.0 %d Wait\r\nDate: Wed, 21 Oct 2015 07:28:00 GMT\r\n"
                          + "Retry-After: %s\r\n\r\n")
                      .formatted(status, value)),
              LONG,
              status == 429 ? LinkCause.RATE_LIMITED : LinkCause.ODOO_DOWN);
      assertThat(lost.retryAfter()).isEqualTo(pause);
    }
  }

  @Test
  void aNetworkThatIsGoneHasNoExceptionOfItsOwn() {
    ConnectException fault = new ConnectException("x");
    fault.initCause(new SocketException("Network is unreachable"));

    assertThat(TransportFault.linkLost(fault, "shop", () -> true).linkCause())
        .isEqualTo(LinkCause.NO_NETWORK);
    assertThat(
            TransportFault.linkLost(new NoRouteToHostException(), "shop", () -> true).diagnosis())
        .isEqualTo(Diagnosis.of(LinkDetail.NO_ROUTE));
  }

  @Test
  void anInterruptEndsTheWaitAndIsKept() {
    try (StubServer server = new StubServer(StubServer.silence());
        HttpWire wire = wire(server.uri(), LONG)) {
      Thread.currentThread().interrupt();

      assertThat(lost(wire).linkCause()).isEqualTo(LinkCause.TIMEOUT);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static WireAnswer answered(Behaviour behaviour) {
    try (StubServer server = new StubServer(behaviour);
        HttpWire wire = wire(server.uri(), LONG)) {
      return wire.get("/");
    }
  }

  private static LinkLost assertLost(Behaviour behaviour, Duration timeout, LinkCause cause) {
    try (StubServer server = new StubServer(behaviour);
        HttpWire wire = wire(server.uri(), timeout)) {
      LinkLost lost = lost(wire);
      assertThat(lost.linkCause()).isEqualTo(cause);
      return lost;
    }
  }

  private static LinkLost lost(HttpWire wire) {
    return catchThrowableOfType(LinkLost.class, () -> wire.post("/", Map.of(), BODY));
  }

  private static HttpWire wire(URI server, Duration timeout) {
    return new HttpWire(server, timeout, "tillkeeper/test", TRUST, Optional.empty(), () -> true);
  }
}
