package io.tillkeeper.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tillkeeper.TestProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The way to Odoo by a proxy, over sockets. */
class HttpWireProxyTest {

  private static final String PASSWORD = "canary pass:w\u00f6rd";
  private static final Map<String, String> KEY = Map.of("Authorization", "bearer canary-key");
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String NO_SUCH_PORT = "http://127.0.0.1:1";

  @TempDir static Path keys;
  private static TestAuthority authority;
  private static SSLContext server;

  @BeforeAll
  static void makeAuthority() throws IOException, GeneralSecurityException {
    authority = new TestAuthority(keys);
    server = authority.server("ip:127.0.0.1", -1, 30);
  }

  @Test
  void aSecureCallGoesThroughATunnelAndTheProxySeesNothingOfIt() throws Exception {
    try (StubServer odoo = secureOdoo();
        TestProxy proxy = TestProxy.wanting("till", PASSWORD)) {
      TestConfig config = by(proxy, odoo.uri()).withProxyUser("till", PASSWORD);
      call(config);

      assertThat(proxy.heads())
          .singleElement()
          .asString()
          .startsWith("CONNECT " + odoo.uri().getAuthority() + " ")
          .contains("\r\nProxy-Authorization: Basic ")
          .doesNotContain("canary-key");
      assertThat(proxy.passed()).isNotEmpty().doesNotContain("canary-key", "/json/2/a/b");
      assertThat(odoo.requests()).hasSize(1);
      assertThat(odoo.requests().getFirst().headers())
          .containsEntry("authorization", "bearer canary-key")
          .doesNotContainKey("proxy-authorization");
    }
  }

  @Test
  void aPlainCallNamesItsWholeAddressToTheProxy() {
    try (StubServer odoo = new StubServer(StubServer.json("{}"));
        TestProxy proxy = TestProxy.wanting("till", PASSWORD)) {
      call(by(proxy, odoo.uri()).withProxyUser("till", PASSWORD));

      assertThat(proxy.heads())
          .singleElement()
          .asString()
          .startsWith("POST " + odoo.uri() + "/json/2/a/b ");
      assertThat(odoo.requests()).hasSize(1);
      assertThat(odoo.requests().getFirst().headers()).doesNotContainKey("proxy-authorization");
    }
  }

  @Test
  void theProxyIsNamedRatherThanNumberedToo() throws Exception {
    try (StubServer odoo = secureOdoo();
        TestProxy proxy = TestProxy.open()) {
      call(
          by(proxy, odoo.uri())
              .byProxy(proxy.url().replace("127.0.0.1", "localhost"))
              .withCaFile(authority.certificate()));
      assertThat(proxy.heads()).hasSize(1);
    }
  }

  @Test
  void whoIsAtTheOtherEndIsVerifiedThroughTheTunnelToo() throws Exception {
    try (StubServer other =
            new StubServer(StubServer.json("{}"), authority.server("ip:127.0.0.2", -1, 30));
        StubServer odoo = secureOdoo();
        TestProxy proxy = TestProxy.open()) {
      assertThat(lost(by(proxy, other.uri())).diagnosis())
          .isEqualTo(Diagnosis.of(LinkDetail.OTHER_NAME));
      TestConfig withoutAuthority =
          TestConfig.of(odoo.uri()).byProxy(proxy.url()).withTimeout(LONG);
      assertThat(lost(withoutAuthority).diagnosis())
          .isEqualTo(Diagnosis.of(LinkDetail.NOT_TRUSTED));
      assertThat(other.requests()).isEmpty();
      assertThat(odoo.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void aProxyThatWantsAnotherPasswordIsSaidToBeTheProxy(String scheme) throws Exception {
    try (TestProxy proxy = TestProxy.wanting("till", PASSWORD)) {
      TestConfig config = by(proxy, URI.create(scheme + "://shop.invalid"));
      for (TestConfig wrong : new TestConfig[] {config, config.withProxyUser("till", "canary")}) {
        LinkLost lost = lost(wrong);
        assertThat(lost.linkCause()).isEqualTo(LinkCause.PROXY_PASSWORD);
        assertThat(lost.linkCause().blocked()).isTrue();
        assertThat(lost.toString() + lost.getCause()).doesNotContain("canary");
      }
    }
  }

  @Test
  void aNewPasswordInTheFileNeedsNoNewStart() throws Exception {
    Path file =
        Files.setPosixFilePermissions(
            Files.writeString(keys.resolve("password"), "old\n"),
            PosixFilePermissions.fromString("rw-------"));
    try (StubServer odoo = secureOdoo();
        TestProxy proxy = TestProxy.wanting("till", PASSWORD);
        HttpWire wire =
            wire(by(proxy, odoo.uri()).withProxyUser("till", null).withProxyPasswordFile(file))) {
      assertThat(lost(wire).linkCause()).isEqualTo(LinkCause.PROXY_PASSWORD);

      Files.writeString(file, PASSWORD + "\r\nanother line\n");
      wire.get("/");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      assertThat(lost(wire)).hasMessageContaining("can be read by everybody");
      Files.delete(file);

      assertThat(lost(wire).linkCause()).isEqualTo(LinkCause.PROXY_PASSWORD);
    }
  }

  @ParameterizedTest
  @CsvSource({"502, PROXY_WITHOUT_ODOO", "503, PROXY_WITHOUT_ODOO", "504, PROXY_WITHOUT_ODOO"})
  void aProxyThatDoesNotReachOdooSaysSo(int status, LinkDetail detail) {
    assertThat(refused("HTTP/1.1 %d No\r\nContent-Length: 0\r\n\r\n".formatted(status)))
        .isEqualTo(Diagnosis.of(detail));
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 403, 405})
  void aProxyThatRefusesIsSaidToBeTheProxy(int status) {
    assertThat(
            refused(
                "HTTP/1.1 %d No\r\nLocation: http://portal.invalid/\r\nContent-Length: 0\r\n\r\n"
                    .formatted(status)))
        .isEqualTo(Diagnosis.of(LinkCause.PROXY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void aProxyThatIsNotThereIsSaidToBeTheProxy(String scheme) {
    TestConfig config = TestConfig.of(scheme + "://127.0.0.1:1").withTimeout(LONG);

    assertThat(lost(config.byProxy(NO_SUCH_PORT)).diagnosis())
        .isEqualTo(Diagnosis.of(LinkDetail.PROXY_REFUSES));
    LinkLost notFound = lost(config.byProxy("http://proxy.invalid:3128"));
    assertThat(notFound.diagnosis()).isEqualTo(Diagnosis.of(LinkDetail.PROXY_NOT_FOUND));
    assertThat(notFound).hasMessageContaining("proxy.invalid");
  }

  @Test
  void ofASilenceBehindAProxyItIsSaidThatItIsByTheProxy() throws IOException {
    try (ServerSocket deaf = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      TestConfig config =
          TestConfig.of("https://127.0.0.1:1")
              .byProxy("http://127.0.0.1:" + deaf.getLocalPort())
              .withTimeout(Duration.ofMillis(600));

      assertThat(lost(config).diagnosis()).isEqualTo(Diagnosis.of(LinkDetail.SILENCE_BY_PROXY));
    }
  }

  @Test
  void aConnectionThatIsNotMadeIsTheProxys() {
    for (IOException fault :
        new IOException[] {new HttpConnectTimeoutException("x"), new NoRouteToHostException()}) {
      assertThat(TransportFault.lostByProxy(fault, "proxy.lan", () -> true).diagnosis())
          .isEqualTo(Diagnosis.of(LinkDetail.PROXY_SILENT));
    }
  }

  /** Java's own settings, which tools fill from the environment, lead nobody away. */
  @Test
  void aProxyThatIsNotConfiguredIsNotUsed() {
    ProxySelector before = ProxySelector.getDefault();
    try (StubServer odoo = new StubServer(StubServer.json("{}"));
        TestProxy proxy = TestProxy.open()) {
      URI there = URI.create(proxy.url());
      ProxySelector.setDefault(
          ProxySelector.of(new InetSocketAddress(there.getHost(), there.getPort())));
      call(TestConfig.of(odoo.uri()));

      assertThat(proxy.heads()).isEmpty();
      assertThat(odoo.requests()).hasSize(1);
    } finally {
      ProxySelector.setDefault(before);
    }
  }

  private static Diagnosis refused(String answer) {
    try (TestProxy proxy = TestProxy.open().refusing(answer)) {
      return lost(by(proxy, URI.create("https://shop.invalid"))).diagnosis();
    }
  }

  private static StubServer secureOdoo() {
    return new StubServer(StubServer.json("{}"), server);
  }

  private static TestConfig by(TestProxy proxy, URI odoo) {
    return TestConfig.of(odoo)
        .byProxy(proxy.url())
        .withCaFile(authority.certificate())
        .withTimeout(LONG);
  }

  private static void call(TestConfig config) {
    with(config, wire -> wire.post("/json/2/a/b", KEY, JsonNodeFactory.instance.objectNode()));
  }

  private static LinkLost lost(TestConfig config) {
    return catchThrowableOfType(LinkLost.class, () -> call(config));
  }

  private static LinkLost lost(HttpWire wire) {
    return catchThrowableOfType(LinkLost.class, () -> wire.get("/"));
  }

  private static void with(TestConfig config, Consumer<HttpWire> use) {
    try (HttpWire wire = wire(config)) {
      use.accept(wire);
    }
  }

  private static HttpWire wire(TestConfig config) {
    return new HttpWire(
        config.url().orElseThrow(),
        config.timeout(),
        "test",
        Trust.context(config.caFile()),
        HttpProxy.of(config),
        () -> true);
  }
}
