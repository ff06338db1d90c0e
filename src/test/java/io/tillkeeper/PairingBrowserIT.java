package io.tillkeeper;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
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
  private GuardedShop shop;

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
    shop = new GuardedShop(storage);
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  @Test
  void aPosPageThatAPersonPairedHandsCustomersOver() {
    var code = shop.code("--origin", shop.pos().origin(), "--scope", "till");
    try (var browser = chromium.open(1280, 800, "en")) {
      var page = browser.page();
      page.navigate(shop.pos().origin());
      page.evaluate(PosPage.START, shop.url());
      page.waitForFunction("heard.includes('unpaired')");

      page.evaluate(PosPage.PAIR, code);
      page.waitForFunction("heard.includes('status')");
      page.evaluate("till.accept({ name: 'Greta' })");

      Await.until(
          LIMIT, () -> shop.odoo().partners().size() == 1, () -> "" + shop.odoo().partners());
      // over a restart of the daemon, and in a page that is loaded anew
      page.reload();
      page.evaluate(PosPage.START, shop.url());
      page.waitForFunction("heard.includes('status')");
    }
  }

  @Test
  void theConsoleAsksForACodeAndIsLetIn() {
    try (var browser = chromium.open(1280, 800, "en")) {
      browser.page().navigate(shop.url());
      assertThat(browser.find("dialog h2")).hasText("This page is not paired");
      browser.picture("pairing-1-asks");
      browser.assertAccessible("pairing");

      browser.find("dialog input").fill("AAAA-AAAA");
      browser.find("dialog [data-action=confirm]").click();
      assertThat(browser.find("dialog .problem"))
          .hasText("This code is none, or too old. Ask for another.");
      browser.find("dialog input").fill(shop.code("--console").toLowerCase(Locale.ROOT));
      browser.find("dialog [data-action=confirm]").click();

      assertThat(browser.find("#banner")).hasAttribute("data-state", "delivered");
      browser.picture("pairing-2-is-let-in");
    }
  }

  @Test
  void aConsoleWhoseTokenWasTakenBackShowsNoOldState() {
    try (var browser = chromium.open(1280, 800, "en")) {
      browser.page().navigate(shop.url());
      browser.find("dialog input").fill(shop.code("--console"));
      browser.find("dialog [data-action=confirm]").click();
      assertThat(browser.find("#banner")).hasAttribute("data-state", "delivered");

      var tokens = shop.tillkeeper("tokens", "--json").json().path("tokens");
      var ended =
          shop.tillkeeper("tokens", "revoke", tokens.path(tokens.size() - 1).path("id").asText());
      assertThat(ended.exitCode()).isZero();
      assertThat(browser.find("dialog h2")).hasText("This page is not paired");
      browser.page().keyboard().press("Escape");

      assertThat(browser.find("#banner")).hasAttribute("data-state", "unpaired");
      browser.picture("pairing-3-taken-back");
      browser.assertAccessible("taken back");
    }
  }

  @Test
  void anotherPageOnTheSameTillGetsNothing() {
    shop.code("--origin", shop.pos().origin());
    try (var browser = chromium.open(1280, 800, "en")) {
      browser.page().navigate(shop.other().origin());

      var ended = browser.page().evaluate(ATTACK, shop.url());

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
    assertThat(shop.tillkeeper("operations").output()).doesNotContain("Mallory");
    assertThat(shop.tillkeeper("status", "--json").json().at("/queue/acceptedTotal").asInt())
        .isZero();
  }

  @Test
  void theTokenOfOnePageIsGoodForNoOther() {
    var code = shop.code("--origin", shop.pos().origin());
    shop.code("--origin", shop.other().origin());
    try (var browser = chromium.open(1280, 800, "en")) {
      var page = browser.page();
      page.navigate(shop.pos().origin());
      page.evaluate(PosPage.START, shop.url());
      var token = page.evaluate("(code) => till.pair(code)", code);

      page.navigate(shop.other().origin());
      var status =
          page.evaluate(
              """
              async ([url, token]) => (await fetch(url + '/api/v1/status',
                { headers: { Authorization: 'Bearer ' + token } })).status
              """,
              List.of(shop.url(), token));

      assertThat(status).isEqualTo(401);
    }
  }
}
