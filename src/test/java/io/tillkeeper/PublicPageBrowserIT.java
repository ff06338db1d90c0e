package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A POS page that comes from the internet, as one of Odoo's own hosting does: Chromium lets it
 * reach this machine when the person says so, or whoever manages the browser has said so, and no
 * other page with it.
 */
class PublicPageBrowserIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final String MAY_REACH =
      "async () => (await navigator.permissions.query({ name: 'loopback-network' })).state";

  @TempDir Path storage;
  @TempDir Path policies;
  private Simulator odoo;
  private PosPage pos;
  private PosPage other;
  private Map<String, String> environment;
  private Daemon daemon;

  @BeforeEach
  void start() {
    odoo = Simulator.start(SimulatorOptions.odoo("19.0"));
    pos = PosPage.blank();
    other = PosPage.blank();
    environment = Daemon.deliveringTo(odoo, storage);
    environment.remove("TILLKEEPER_ACCESS_PROTECTION");
    daemon = Daemon.start(environment);
  }

  @AfterEach
  void stop() {
    daemon.close();
    pos.close();
    other.close();
    odoo.close();
  }

  /** Of the command line of a Chromium: it takes both pages for ones of the internet. */
  private String fromTheInternet() {
    return "--ip-address-space-overrides=%s=public,%s=public"
        .formatted(pos.authority(), other.authority());
  }

  private String code(String... more) {
    var arguments =
        new ArrayList<>(List.of("pair", "--json", "--origin", pos.origin(), "--scope", "till"));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("--url", daemon.url().toString()));
    var run = CommandRun.of(environment, arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.errors()).isZero();
    return run.json().path("code").asText();
  }

  private String startOn(Page page) {
    try {
      page.evaluate(PosPage.START, daemon.url().toString());
      return "started";
    } catch (PlaywrightException e) {
      return "refused";
    }
  }

  private void assertPairs(Page page, String code) {
    assertThat(startOn(page)).isEqualTo("started");
    page.evaluate(PosPage.PAIR, code);
    page.waitForFunction("heard.includes('status')");
    page.evaluate("till.accept({ name: 'Greta' })");
    Await.until(LIMIT, () -> odoo.partnersNamed("Greta").size() == 1, () -> "" + odoo.partners());
  }

  @Test
  void thePersonIsAskedBeforeThePagesOfAnOriginReachTheDaemon() {
    var code = code();
    try (var chromium = new BrowserPage.Chromium(fromTheInternet());
        var browser = chromium.open(1280, 800, "en")) {
      var page = browser.page();
      page.navigate(pos.origin());
      assertThat(page.evaluate(MAY_REACH)).isEqualTo("prompt");
      assertThat(startOn(page)).isEqualTo("refused");

      page.context()
          .grantPermissions(
              List.of("local-network-access"),
              new BrowserContext.GrantPermissionsOptions().setOrigin(pos.origin()));
      assertPairs(page, code);
    }
  }

  @Test
  void nobodyIsAskedWhereThePolicyThatThePairingWroteIsInForce() throws IOException {
    var code =
        code("--chromium-policy", policies.resolve("policies/managed/tillkeeper.json").toString());
    try (var chromium = BrowserPage.Chromium.managed(policies, fromTheInternet());
        var browser = chromium.open(1280, 800, "en")) {
      var page = browser.page();
      page.navigate(pos.origin());
      assertThat(page.evaluate(MAY_REACH)).isEqualTo("granted");
      assertPairs(page, code);

      // and it is for that origin alone
      page.navigate(other.origin());
      assertThat(page.evaluate(MAY_REACH)).isEqualTo("prompt");
      assertThat(startOn(page)).isEqualTo("refused");
    }
  }
}
