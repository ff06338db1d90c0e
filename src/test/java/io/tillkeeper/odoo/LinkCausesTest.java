package io.tillkeeper.odoo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tillkeeper.odoo.StubServer.Behaviour;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each cause, made for real over sockets, is recognised: its code, its hop, its sentence. */
class LinkCausesTest {

  private static final Duration SHORT = Duration.ofMillis(400);
  private static final String HERE = "ip:127.0.0.1";
  private static final String PAGE = "<html>Log in</html>";
  private static final String UPGRADING =
      error("psycopg2.errors.UndefinedColumn", "column res_partner.mobile does not exist");

  @TempDir static Path folder;
  private static TestAuthority authority;

  @BeforeAll
  static void found() throws IOException, GeneralSecurityException {
    authority = new TestAuthority(folder);
  }

  @Test
  void aNameThatNobodyKnows() {
    assertLost(TestConfig.of("http://shop.invalid"), "dns", Hop.NAME, "name of the Odoo server");
  }

  /** To the broadcast address no connection can be routed, whatever network the box has. */
  @Test
  void anAddressThatNoNetworkLeadsTo() {
    assertLost(
        TestConfig.of("http://255.255.255.255:8069"), "no-network", Hop.NETWORK, "no network");
  }

  @Test
  void aPortThatNobodyListensAt() throws IOException {
    URI closed;
    try (ServerSocket socket = loopbackSocket()) {
      closed = uri("http", socket);
    }
    assertLost(TestConfig.of(closed), "refused", Hop.SERVER, "does not accept connections");
  }

  /** A listener whose queue is full lets further connections wait, as a lost packet does. */
  @Test
  void anAddressThatSwallowsEverything() throws IOException {
    List<SocketChannel> waiting = new ArrayList<>();
    try (ServerSocket socket = loopbackSocket()) {
      for (boolean taken = true; taken || waiting.size() < 8; ) {
        SocketChannel channel = SocketChannel.open();
        waiting.add(channel);
        channel.configureBlocking(false);
        taken = channel.connect(new InetSocketAddress("127.0.0.1", socket.getLocalPort()));
      }
      assertLost(
          TestConfig.of(uri("http", socket)).withTimeout(SHORT),
          "timeout",
          Hop.SERVER,
          "nothing answers at its address");
    } finally {
      for (SocketChannel channel : waiting) {
        channel.close();
      }
    }
  }

  @Test
  void aServerThatTakesTheConnectionAndIsSilent() {
    try (StubServer server = new StubServer(StubServer.silence())) {
      assertLost(
          TestConfig.of(server.uri()).withTimeout(SHORT),
          "timeout",
          Hop.ODOO,
          "does not answer in time");
    }
  }

  @Test
  void aConnectionThatIsReset() {
    assertLost(StubServer.reset(), "broken", Hop.ODOO, "breaks off");
  }

  @Test
  void anAnswerThatEndsInTheMiddleOverTls() throws Exception {
    Behaviour half =
        StubServer.text(
            "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{\"a\"");
    assertLost(half, authority.server(HERE, -2, 30), "broken", Hop.ODOO, "breaks off");
  }

  @Test
  void aCertificateThatBeginsTomorrowPointsAtTheClock() throws Exception {
    Diagnosis diagnosis =
        assertLost(
            StubServer.silence(),
            authority.server(HERE, 1, 30),
            "tls",
            Hop.TLS,
            "not valid yet by this till's clock");
    assertThat(diagnosis.clockSuspected()).isTrue();
  }

  @Test
  void aCertificateThatIsOverPointsAtTheClockToo() throws Exception {
    Diagnosis diagnosis =
        assertLost(
            StubServer.silence(),
            authority.server(HERE, -30, 10),
            "tls",
            Hop.TLS,
            "has expired, or this till's clock is fast");
    assertThat(diagnosis.clockSuspected()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ip:127.0.0.2", "dns:shop.example"})
  void aCertificateOfAnotherServer(String other) throws Exception {
    Diagnosis diagnosis =
        assertLost(
            StubServer.silence(),
            authority.server(other, -2, 30),
            "tls",
            Hop.TLS,
            "for another name");
    assertThat(diagnosis.clockSuspected()).isFalse();
  }

  @Test
  void aCertificateOfAnAuthorityThatNobodyNamed() throws Exception {
    try (StubServer server = new StubServer(StubServer.silence(), authority.server(HERE, -3, 30))) {
      assertLost(TestConfig.of(server.uri()), "tls", Hop.TLS, "does not trust");
    }
  }

  @Test
  void anAuthorityThatIsNamedIsTrusted() throws Exception {
    FakeOdoo odoo = new FakeOdoo("18.0");
    odoo.then(StubServer.json("{\"jsonrpc\": \"2.0\", \"id\": 1, \"result\": 1}"));
    try (StubServer server = new StubServer(odoo, authority.server(HERE, -4, 30))) {
      VersionedGateway gateway = gateway(trusting(server));
      assertThat(gateway.probe().version()).isEqualTo("18.0");
      gateway.close();
    }
  }

  @Test
  void anAuthorityThatIsNamedLaterIsTrustedWhenTheServerIsForgotten(@TempDir Path another)
      throws Exception {
    Path trusted = new TestAuthority(another).certificate();
    FakeOdoo odoo = new FakeOdoo("18.0");
    odoo.then(StubServer.json("{\"jsonrpc\": \"2.0\", \"id\": 1, \"result\": 1}"));
    try (StubServer server = new StubServer(odoo, authority.server(HERE, -5, 30))) {
      VersionedGateway gateway = gateway(TestConfig.of(server.uri()).withCaFile(trusted));
      LinkLost lost = catchThrowableOfType(LinkLost.class, gateway::probe);
      assertThat(lost.linkCause()).isEqualTo(LinkCause.TLS);

      Files.copy(authority.certificate(), trusted, StandardCopyOption.REPLACE_EXISTING);
      gateway.forgetServer();
      assertThat(gateway.probe().version()).isEqualTo("18.0");
      gateway.close();
    }
  }

  @Test
  void plainHttpAtThePortOfTls() throws IOException {
    try (ServerSocket plain = loopbackSocket()) {
      Thread.ofVirtual().start(() -> refuseInPlainHttp(plain));
      assertLost(TestConfig.of(uri("https", plain)), "tls", Hop.TLS, "does not speak https");
    }
  }

  private static void refuseInPlainHttp(ServerSocket socket) {
    try (Socket connection = socket.accept()) {
      connection.getOutputStream().write("HTTP/1.0 400 No\r\n\r\n".getBytes(US_ASCII));
      connection.getInputStream().readAllBytes();
    } catch (IOException e) {
      // The client went away, as it should.
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 401, 403, 511})
  void aPageInThePlaceOfOdoo(int status) {
    assertLost(
        StubServer.answer(status, "text/html", PAGE), "captive-portal", Hop.ODOO, "logged in");
  }

  @Test
  void aRedirectToALogIn() {
    assertLost(
        StubServer.text("HTTP/1.0 302 Go\r\nLocation: http://portal.example/\r\n\r\n"),
        "captive-portal",
        Hop.ODOO,
        "logged in");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void aProxyWithoutAnOdooBehindIt(int status) {
    assertLost(
        StubServer.answer(status, "text/html", PAGE), "odoo-down", Hop.ODOO, "not able to work");
  }

  @Test
  void aPauseThatIsAskedFor() {
    LinkLost lost =
        assertLost(
            StubServer.text("HTTP/1.0 429 Wait\r\nRetry-After: 7\r\n\r\n"),
            "rate-limited",
            Hop.ODOO,
            "asks for a pause");
    assertThat(lost.retryAfter()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void aKeyThatIsWrong() {
    FakeOdoo odoo = new FakeOdoo("18.0");
    odoo.login = StubServer.json("{\"jsonrpc\": \"2.0\", \"id\": 1, \"result\": false}");
    assertLost(odoo, "key", Hop.KEY, "does not accept the API key");
  }

  @ParameterizedTest
  @CsvSource({
    "200, true, database, no database of the configured name",
    "500, false, database-down, not reachable",
  })
  void aDatabaseThatIsNotThere(int status, boolean serverRuns, String code, String words) {
    FakeOdoo odoo = new FakeOdoo("19.0").then(StubServer.answer(404, "text/html", PAGE));
    odoo.health =
        StubServer.answer(
            status, "application/json", "{\"db_server_status\": %s}".formatted(serverRuns));
    assertLost(odoo, code, Hop.DATABASE, words);
  }

  @Test
  void aPlanWithoutApi() {
    assertLost(StubServer.answer(402, "application/json", "{}"), "plan", Hop.KEY, "subscription");
  }

  @Test
  void anOdooThatIsTooOld() {
    assertLost(new FakeOdoo("15.0"), "unsupported", Hop.ODOO, "too old");
  }

  @ParameterizedTest
  @CsvSource({"18.0, 200", "19.0, 500"})
  void anOdooWhoseDatabaseDoesNotFit(String version, int status) {
    FakeOdoo odoo = new FakeOdoo(version);
    String body =
        status == 200
            ? "{\"jsonrpc\": \"2.0\", \"id\": 1, \"error\": {\"data\": %s}}".formatted(UPGRADING)
            : UPGRADING;
    odoo.then(StubServer.answer(status, "application/json", body));
    assertLost(odoo, "odoo-upgrading", Hop.ODOO, "being upgraded");
  }

  /** Those that no socket makes are made by the daemon itself, or by a real Odoo's recordings. */
  @ParameterizedTest
  @EnumSource
  void eachHasItsWords(LinkCause cause) {
    assertThat(cause.code()).matches("[a-z]+(-[a-z]+)*");
    assertThat(cause.sentence()).endsWith(cause == LinkCause.CAPTIVE_PORTAL ? "?" : ".");
    assertThat(cause.hint()).isNotBlank();
  }

  @Test
  void aDetailIsACaseOfItsCause() {
    assertThat(Arrays.stream(LinkDetail.values()).map(Diagnosis::of))
        .allSatisfy(
            diagnosis -> {
              assertThat(diagnosis.sentence()).endsWith(".");
              assertThat(diagnosis.sentence()).isNotEqualTo(diagnosis.cause().sentence());
              assertThat(diagnosis.hint()).isNotEqualTo(diagnosis.cause().hint());
            });
  }

  private static Diagnosis assertLost(
      Behaviour behaviour, SSLContext tls, String code, Hop hop, String words) {
    try (StubServer server = new StubServer(behaviour, tls)) {
      return assertLost(trusting(server), code, hop, words).diagnosis();
    }
  }

  private static LinkLost assertLost(Behaviour behaviour, String code, Hop hop, String words) {
    try (StubServer server = new StubServer(behaviour)) {
      return assertLost(TestConfig.of(server.uri()), code, hop, words);
    }
  }

  private static LinkLost assertLost(TestConfig config, String code, Hop hop, String words) {
    VersionedGateway gateway = gateway(config);
    LinkLost lost = catchThrowableOfType(LinkLost.class, gateway::probe);
    gateway.close();
    assertThat(lost.linkCause().code()).isEqualTo(code);
    assertThat(lost.diagnosis().hop()).contains(hop);
    assertThat(lost.diagnosis().sentence()).contains(words);
    return lost;
  }

  private static TestConfig trusting(StubServer server) {
    return TestConfig.of(server.uri()).withCaFile(authority.certificate());
  }

  private static VersionedGateway gateway(TestConfig config) {
    return new VersionedGateway(config, "test", InstantSource.system());
  }

  private static ServerSocket loopbackSocket() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
  }

  private static URI uri(String scheme, ServerSocket socket) {
    return URI.create(scheme + "://127.0.0.1:" + socket.getLocalPort());
  }

  private static String error(String name, String message) {
    return "{\"name\": \"%s\", \"message\": \"%s\"}".formatted(name, message);
  }
}
