package io.tillkeeper.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.TestProxy;
import io.tillkeeper.TlsFront;
import io.tillkeeper.odoo.Finding.Level;
import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Right;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a checkup finds, against an Odoo and against what can stand in its place. */
class CheckupTest {

  private static final InstantSource CLOCK = InstantSource.system();

  @ParameterizedTest
  @ValueSource(strings = {"16.0", "17.0", "18.0", "19.0"})
  void whereAllIsWellItSaysSoAndChangesNothing(String version) {
    try (Simulator odoo = odoo(version)) {
      List<Finding> findings = check(config(odoo.url()).withCompanies(1L));

      assertThat(findings)
          .allSatisfy(finding -> assertThat(finding.level()).as("%s", finding).isEqualTo(Level.OK))
          .extracting(Finding::subject)
          .containsExactly(
              "name",
              "connection",
              "clock",
              "Odoo",
              "database",
              "key",
              "rights",
              "twins",
              "companies");
      assertThat(findings.get(3).sentence()).contains("Odoo " + version);
      assertThat(odoo.partners()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "80, OK, 'The API key ends on 2026-05-20, in 80 days.'",
    "13, WARNING, 'The API key ends on 2026-03-14, in 13 days.'",
    "-1, ERROR, 'By the clock of this box, the API key ended on 2026-02-28.'"
  })
  void theEndOfTheKeyIsSeenInTime(int days, Level level, String sentence) {
    Instant now = Instant.parse("2026-03-01T09:00:00Z");
    Instant end = now.plus(Duration.ofDays(days));
    SimulatorOptions options =
        SimulatorOptions.odoo("19.0")
            .withAccess("shop", "sync", TestConfig.KEY)
            .withClock(() -> end.minusSeconds(1))
            .withKeys(new SimulatorOptions.Keys(end, false));
    try (Simulator odoo = Simulator.start(options);
        Checkup checkup = new Checkup(config(odoo.url()), "1", () -> now)) {
      assertThat(checkup.run())
          .filteredOn(finding -> finding.subject().equals("key"))
          .last()
          .satisfies(
              finding -> {
                assertThat(finding.sentence()).isEqualTo(sentence);
                assertThat(finding.level()).isEqualTo(level);
                if (level != Level.OK) {
                  assertThat(finding.hint()).contains("tillkeeper key rotate");
                }
              });
    }
  }

  @ParameterizedTest
  @CsvSource({
    "17.0, READ, twins are not found",
    "19.0, READ, twins are not found",
    "17.0, CREATE, each new customer is going to be held",
    "18.0, CREATE, each new customer is going to be held",
    "19.0, WRITE, each change of a customer is going to be held"
  })
  void aMissingRightIsSaidWithWhatIsGoingToFail(String version, Right right, String what) {
    try (Simulator odoo = odoo(version)) {
      odoo.revoke(right);

      assertThat(problems(check(config(odoo.url()))))
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.level()).isEqualTo(Level.ERROR);
                assertThat(finding.sentence()).contains(what);
                assertThat(finding.hint()).contains("base.group_partner_manager");
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"16.0", "19.0"})
  void aUserThatMayTooMuchIsAWarning(String version) {
    try (Simulator odoo = odoo(version)) {
      odoo.grant(Right.USERS);

      assertThat(problems(check(config(odoo.url()))))
          .singleElement()
          .extracting(Finding::level, Finding::subject)
          .containsExactly(Level.WARNING, "rights");
    }
  }

  @Test
  void aCompanyThatIsNotTheUsersIsNamed() {
    try (Simulator odoo = odoo("19.0")) {
      assertThat(problems(check(config(odoo.url()).withCompanies(1L, 7L))))
          .singleElement()
          .extracting(Finding::sentence)
          .asString()
          .contains("company 7:");
    }
  }

  @Test
  void anOdooThatDoesNotKnowTheQuestionsIsNoError() {
    try (Simulator odoo = odoo("19.0")) {
      odoo.fault(
          new Fault.OdooException("odoo.exceptions.AccessError", "no"),
          -1,
          "res.partner.has_access");

      assertThat(problems(check(config(odoo.url()))))
          .singleElement()
          .extracting(Finding::level, Finding::subject)
          .containsExactly(Level.WARNING, "rights");
    }
  }

  @ParameterizedTest
  @CsvSource({"17.0, database", "19.0, database"})
  void anotherDatabaseEndsTheWay(String version, String subject) {
    try (Simulator odoo = odoo(version)) {
      assertEndsWith(check(config(odoo.url()).withDatabase("other")), subject);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"17.0", "19.0"})
  void aWrongKeyEndsTheWay(String version) {
    try (Simulator odoo = odoo(version)) {
      List<Finding> findings = check(config(odoo.url()).withKey("canary"));

      assertEndsWith(findings, "key");
      assertThat(findings.toString()).doesNotContain("canary");
    }
  }

  @Test
  void aNameThatIsNotThereEndsTheWay() {
    assertEndsWith(check(config(URI.create("http://shop.invalid"))), "name");
  }

  @Test
  void aPortThatNobodyListensAtEndsTheWay() throws IOException {
    int port;
    try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = once.getLocalPort();
    }
    List<Finding> findings = check(config(URI.create("http://127.0.0.1:" + port)));

    assertEndsWith(findings, "connection");
    assertThat(findings.getLast().sentence()).isEqualTo(LinkCause.REFUSED.sentence());
  }

  @Test
  void whatDoesNotSpeakTlsEndsTheWay() {
    try (Simulator odoo = odoo("19.0")) {
      List<Finding> findings = check(config(URI.create("https://127.0.0.1:" + odoo.port())));

      assertEndsWith(findings, "TLS");
      assertThat(findings.getLast().sentence()).isEqualTo(LinkDetail.NOT_TLS.sentence());
    }
  }

  @Test
  void aPageInThePlaceOfOdooEndsTheWay() {
    try (StubServer portal = new StubServer(StubServer.answer(200, "text/html", "<html>"))) {
      assertEndsWith(check(config(portal.uri())), "Odoo");
    }
  }

  @Test
  void theEndOfACertificateIsSaidInTime(@TempDir Path folder)
      throws IOException, GeneralSecurityException {
    TestAuthority authority = new TestAuthority(folder);
    for (Map.Entry<Integer, Level> days : Map.of(30, Level.OK, 5, Level.WARNING).entrySet()) {
      try (Simulator odoo = odoo("19.0");
          TlsFront front =
              new TlsFront(authority.server("ip:127.0.0.1", -1, days.getKey() + 1), odoo.url())) {
        List<Finding> findings = check(config(front.url()).withCaFile(authority.certificate()));

        assertThat(findings.get(2).subject()).isEqualTo("TLS");
        assertThat(findings.get(2).level()).isEqualTo(days.getValue());
        assertThat(findings.getLast().subject()).isEqualTo("twins");
        assertEndsWith(check(config(front.url())), "TLS");
      }
    }
  }

  /** The name of the server is one that only the proxy could find. */
  @Test
  void byAProxyTheNameAndTheConnectionAreTheProxys(@TempDir Path folder)
      throws IOException, GeneralSecurityException {
    TestAuthority authority = new TestAuthority(folder);
    try (Simulator odoo = odoo("19.0");
        TlsFront front = new TlsFront(authority.server("ip:127.0.0.1", -1, 30), odoo.url());
        TestProxy proxy = TestProxy.wanting("till", "canary")) {
      TestConfig config =
          config(front.url())
              .withCaFile(authority.certificate())
              .byProxy(proxy.url())
              .withProxyUser("till", "canary");

      List<Finding> findings = check(config);
      assertThat(problems(findings)).as("%s", findings).isEmpty();
      assertThat(findings)
          .extracting(Finding::subject)
          .startsWith("name", "connection", "proxy", "TLS");
      assertThat(findings.get(1).sentence()).startsWith("The proxy takes connections");

      List<Finding> wrong = check(config.withProxyUser("till", "other"));
      assertEndsWith(wrong, "proxy");
      assertThat(wrong.getLast().sentence()).isEqualTo(LinkCause.PROXY_PASSWORD.sentence());
      proxy.refusing("HTTP/1.1 502 No\r\n\r\n");
      assertThat(check(config).getLast().sentence())
          .isEqualTo(LinkDetail.PROXY_WITHOUT_ODOO.sentence());
      proxy.refusing("HTTP/1.1 403 No\r\n\r\n");
      assertEndsWith(check(config), "proxy");
      proxy.refusing("hello");
      assertEndsWith(check(config), "connection");
    }
  }

  @Test
  void aPlainLineByAProxyIsAWarningAndAProxyThatIsNotThereEndsTheWay() {
    try (Simulator odoo = odoo("19.0");
        TestProxy proxy = TestProxy.open()) {
      TestConfig config = config(odoo.url()).byProxy(proxy.url());
      assertThat(problems(check(config)))
          .singleElement()
          .extracting(Finding::level, Finding::subject)
          .containsExactly(Level.WARNING, "TLS");
    }
    TestConfig nowhere = config(URI.create("https://shop.invalid"));
    List<Finding> refused = check(nowhere.byProxy("http://127.0.0.1:1"));
    assertEndsWith(refused, "connection");
    assertThat(refused.getLast().sentence()).isEqualTo(LinkDetail.PROXY_REFUSES.sentence());
    List<Finding> unknown = check(nowhere.byProxy("http://proxy.invalid:3128"));
    assertEndsWith(unknown, "name");
  }

  @Test
  void aClockThatIsFarOffIsAWarning() {
    Instant then = Instant.parse("2020-01-01T00:00:00Z");
    SimulatorOptions options =
        SimulatorOptions.odoo("19.0")
            .withAccess("shop", "sync", TestConfig.KEY)
            .withClock(() -> then.plus(Duration.ofMinutes(5)));
    try (Simulator odoo = Simulator.start(options)) {
      assertThat(problems(check(config(odoo.url()), () -> then)))
          .singleElement()
          .extracting(Finding::sentence)
          .isEqualTo("The clock of this box is 5 minutes behind that of the Odoo server.");
    }
  }

  private static Simulator odoo(String version) {
    return Simulator.start(
        SimulatorOptions.odoo(version).withAccess("shop", "sync", TestConfig.KEY));
  }

  private static TestConfig config(URI url) {
    return TestConfig.of(url).withTimeout(Duration.ofSeconds(5));
  }

  private static List<Finding> check(OdooConfig config) {
    return check(config, CLOCK);
  }

  private static List<Finding> check(OdooConfig config, InstantSource clock) {
    try (Checkup checkup = new Checkup(config, "test", clock)) {
      return checkup.run();
    }
  }

  private static List<Finding> problems(List<Finding> findings) {
    return findings.stream().filter(finding -> finding.level() != Level.OK).toList();
  }

  private static void assertEndsWith(List<Finding> findings, String subject) {
    assertThat(findings.getLast().subject()).as("%s", findings).isEqualTo(subject);
    assertThat(problems(findings)).as("%s", findings).containsExactly(findings.getLast());
    assertThat(findings.getLast().level()).isEqualTo(Level.ERROR);
    assertThat(findings.getLast().hint()).isNotBlank();
  }
}
