package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.odoo.TestAuthority;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A shop whose tills get out by a proxy only. */
class ProxyIT {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String USER = "canaryuser";
  private static final String PASSWORD = "canarypassword";
  private static final String WRONG = "canarymistake";

  @TempDir Path storage;
  @TempDir Path keys;

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void aCustomerIsDeliveredByTheProxy(String scheme) throws Exception {
    var authority = new TestAuthority(keys);
    try (var odoo = Simulator.start(SimulatorOptions.odoo("19.0"));
        var front = new TlsFront(authority.server("ip:127.0.0.1", -1, 30), odoo.url());
        var proxy = TestProxy.wanting(USER, PASSWORD)) {
      var environment = Daemon.deliveringTo(odoo, storage);
      environment.put("TILLKEEPER_ODOO_CA_FILE", authority.certificate().toString());
      if (scheme.equals("https")) {
        environment.put("TILLKEEPER_ODOO_URL", front.url().toString());
      }
      environment.putAll(by(proxy, PASSWORD));
      try (var daemon = Daemon.start(environment)) {
        daemon.create(Map.of("values", Map.of("name", "Ana")));
        daemon.awaitAllDelivered(LIMIT);
      }

      assertThat(odoo.partnersNamed("Ana")).hasSize(1);
      assertThat(proxy.heads())
          .isNotEmpty()
          .allSatisfy(
              head ->
                  assertThat(head)
                      .startsWith(
                          scheme.equals("https") ? "CONNECT " : head.split(" ")[0] + " http"));
      if (scheme.equals("https")) {
        assertThat(proxy.heads().toString() + proxy.passed()).doesNotContain(odoo.apiKey());
      }
      var doctor = CommandRun.of(environment, "doctor", "--json");
      assertThat(doctor.output())
          .contains("The proxy takes connections")
          .doesNotContain("\"error\"");
    }
  }

  @Test
  void whatTheProxyWantsToBeToldIsShownToNobodyElse() throws Exception {
    try (var odoo = Simulator.start(SimulatorOptions.odoo("19.0"));
        var proxy = TestProxy.wanting(USER, PASSWORD)) {
      var environment = Daemon.deliveringTo(odoo, storage);
      environment.put("QUARKUS_LOG_CATEGORY__IO_TILLKEEPER__LEVEL", "TRACE");
      environment.put("TILLKEEPER_ODOO_URL", "https://127.0.0.1:" + odoo.port());
      environment.putAll(by(proxy, WRONG));
      try (var daemon = Daemon.start(environment)) {
        daemon.create(Map.of("values", Map.of("name", "Ana")));
        Await.until(
            LIMIT,
            () -> daemon.status().at("/link/cause").asText().equals("proxy-password"),
            () -> "the proxy's password is why: " + daemon.status());
        assertThat(daemon.status().at("/link/state").asText()).isEqualTo("blocked");

        var said = new StringBuilder(daemon.status().toString());
        for (var path : new String[] {"/q/metrics", "/q/health", "/api/v1/nothing"}) {
          said.append(daemon.call("GET", path, null, null).body());
        }
        said.append(bundle(environment, daemon));
        daemon.stop(LIMIT);
        said.append(daemon.allOutput());
        assertThat(said.toString())
            .contains("cause=\"proxy-password\"", "tillkeeper.odoo.proxy-password=***")
            .doesNotContain(USER, PASSWORD, WRONG, base64(WRONG), base64(PASSWORD));
      }
      environment.put("TILLKEEPER_ODOO_PROXY", "http://" + USER + ":" + WRONG + "@proxy.lan:3128");
      var check = CommandRun.of(environment, "config", "check");
      assertThat(check.exitCode()).isNotZero();
      assertThat(check.output() + check.errors())
          .contains("tillkeeper.odoo.proxy")
          .doesNotContain(USER, WRONG);
    }
  }

  private static Map<String, String> by(TestProxy proxy, String password) {
    return Map.of(
        "TILLKEEPER_ODOO_PROXY", proxy.url(),
        "TILLKEEPER_ODOO_PROXY_USER", USER,
        "TILLKEEPER_ODOO_PROXY_PASSWORD", password);
  }

  private static String base64(String password) {
    return Base64.getEncoder().encodeToString((USER + ":" + password).getBytes());
  }

  private String bundle(Map<String, String> environment, Daemon daemon) throws IOException {
    var file = keys.resolve("bundle.zip");
    var url = daemon.url().toString();
    var run = CommandRun.of(environment, "support-bundle", "--into", file.toString(), "--url", url);
    assertThat(run.exitCode()).as("%s", run).isZero();
    assertThat(Files.exists(file)).isTrue();
    var text = new StringBuilder(run.output());
    try (var zip = new ZipFile(file.toFile())) {
      for (var entry : zip.stream().toList()) {
        text.append(new String(zip.getInputStream(entry).readAllBytes()));
      }
    }
    return text.toString();
  }
}
