package io.tillkeeper;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.simulator.SimulatorOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A daemon as it is in a shop, a POS page that a person pairs with it, and the pages that somebody
 * else has open on the same till, in a real browser.
 */
class PairingBrowserIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** What a page can try against a daemon that it may not call; how each of it ended. */
  private static final String ATTACK =
      """
      async (url) => {
        const ended = {};
        const attempt = async (name, run) => {
          try { ended[name] = await run(); } catch (error) { ended[name] = error.name; }
        };
        const body = JSON.stringify({ values: { name: 'Mallory' } });
        await attempt('read', async () => (await fetch(url + '/api/v1/operations')).status);
        await attempt('write', async () => (await fetch(url + '/api/v1/customers',
          { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })).status);
        await attempt('blind', async () => (await fetch(url + '/api/v1/customers',
          { method: 'POST', mode: 'no-cors', headers: { 'Content-Type': 'text/plain' }, body })).type);
        await attempt('module', async () => { await import(url + '/tillkeeper.js'); return 'imported'; });
        await attempt('guess', async () => (await fetch(url + '/api/v1/tokens',
          { method: 'POST', headers: { Authorization: 'Pairing AAAA-AAAA' } })).status);
        await attempt('beacon', async () => navigator.sendBeacon(url + '/api/v1/customers', body));
        await attempt('socket', () => new Promise((done) => {
          const socket = new WebSocket(url.replace('http', 'ws') + '/api/v1/feed');
          socket.onopen = () => done('opened');
          socket.onerror = () => done('refused');
        }));
        return ended;
      }
      """;

  private static BrowserPage.Chromium chromium;

  @TempDir Path storage;
  private Simulator odoo;
  private PosPage pos;
  private PosPage other;
  private Map<String, String> environment;
  private Daemon daemon;

  @BeforeAll
  static void startBrowser() {
    chromium = new BrowserPage.Chromium();
  }

  @AfterAll
  static void stopBrowser() {
    chromium.close();
  }

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

  private CommandRun tillkeeper(String... arguments) {
    var given = new ArrayList<>(List.of(arguments));
    given.addAll(List.of("--url", daemon.url().toString()));
    return CommandRun.of(environment, given.toArray(String[]::new));
  }

  private String code(String... whom) {
    var arguments = new ArrayList<>(List.of("pair", "--json"));
    arguments.addAll(List.of(whom));
    var run = tillkeeper(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.errors()).isZero();
    return run.json().path("code").asText();
  }

  @Test
  void aPosPageThatAPersonPairedHandsCustomersOver() {
    var code = code("--origin", pos.origin(), "--scope", "till");
    try (var browser = chromium.open(1280, 800, "en")) {
      var page = browser.page();
      page.navigate(pos.origin());
      page.evaluate(PosPage.START, daemon.url().toString());
      page.waitForFunction("heard.includes('unpaired')");

      page.evaluate(PosPage.PAIR, code);
      page.waitForFunction("heard.includes('status')");
      page.evaluate("till.accept({ name: 'Greta' })");

      Await.until(LIMIT, () -> odoo.partners().size() == 1, () -> "" + odoo.partners());
      // over a restart of the daemon, and in a page that is loaded anew
      page.reload();
      page.evaluate(PosPage.START, daemon.url().toString());
      page.waitForFunction("heard.includes('status')");
    }
  }

  @Test
  void theConsoleAsksForACodeAndIsLetIn() {
    try (var browser = chromium.open(1280, 800, "en")) {
      browser.page().navigate(daemon.url().toString());
      assertThat(browser.find("dialog h2")).hasText("This page is not paired");
      browser.picture("pairing-1-asks");
      browser.assertAccessible("pairing");

      browser.find("dialog input").fill("AAAA-AAAA");
      browser.find("dialog [data-action=confirm]").click();
      assertThat(browser.find("dialog .problem"))
          .hasText("This code is none, or too old. Ask for another.");
      browser.find("dialog input").fill(code("--console").toLowerCase(Locale.ROOT));
      browser.find("dialog [data-action=confirm]").click();

      assertThat(browser.find("#banner")).hasAttribute("data-state", "delivered");
      browser.picture("pairing-2-is-let-in");
    }
  }

  @Test
  void anotherPageOnTheSameTillGetsNothing() {
    code("--origin", pos.origin());
    try (var browser = chromium.open(1280, 800, "en")) {
      browser.page().navigate(other.origin());

      var ended = browser.page().evaluate(ATTACK, daemon.url().toString());

      assertThat(ended)
          .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
          .containsEntry("read", "TypeError")
          .containsEntry("write", "TypeError")
          .containsEntry(
              "blind", "TypeError") // it went out, came to nothing, and the page is not even told
          .containsEntry("module", "TypeError")
          .containsEntry("guess", "TypeError")
          .containsEntry("socket", "refused");
    }
    assertThat(tillkeeper("operations").output()).doesNotContain("Mallory");
    assertThat(tillkeeper("status", "--json").json().at("/queue/acceptedTotal").asInt()).isZero();
  }

  @Test
  void theTokenOfOnePageIsGoodForNoOther() {
    var code = code("--origin", pos.origin());
    code("--origin", other.origin());
    try (var browser = chromium.open(1280, 800, "en")) {
      var page = browser.page();
      page.navigate(pos.origin());
      page.evaluate(PosPage.START, daemon.url().toString());
      var token = page.evaluate("(code) => till.pair(code)", code);

      page.navigate(other.origin());
      var status =
          page.evaluate(
              """
              async ([url, token]) => (await fetch(url + '/api/v1/status',
                { headers: { Authorization: 'Bearer ' + token } })).status
              """,
              List.of(daemon.url().toString(), token));

      assertThat(status).isEqualTo(401);
    }
  }
}
