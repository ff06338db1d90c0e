package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
  private GuardedShop shop;

  @BeforeEach
  void start() {
    shop = new GuardedShop(storage);
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  /** Of the command line of a Chromium: it takes both pages for ones of the internet. */
  private String fromTheInternet() {
    return "--ip-address-space-overrides=%s=public,%s=public"
        .formatted(shop.pos().authority(), shop.other().authority());
  }

  private String startOn(Page page) {
    try {
      page.evaluate(PosPage.START, shop.url());
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
    Await.until(
        LIMIT,
        () -> shop.odoo().partnersNamed("Greta").size() == 1,
        () -> "" + shop.odoo().partners());
  }

  @Test
  void thePersonIsAskedBeforeThePagesOfAnOriginReachTheDaemon() {
    var code = shop.code("--origin", shop.pos().origin(), "--scope", "till");
    try (var chromium = new BrowserPage.Chromium(fromTheInternet());
        var browser = chromium.open(1280, 800, "en")) {
      var page = browser.page();
      page.navigate(shop.pos().origin());
      assertThat(page.evaluate(MAY_REACH)).isEqualTo("prompt");
      assertThat(startOn(page)).isEqualTo("refused");

      page.context()
          .grantPermissions(
              List.of("local-network-access"),
              new BrowserContext.GrantPermissionsOptions().setOrigin(shop.pos().origin()));
      assertPairs(page, code);
    }
  }

  @Test
  void nobodyIsAskedWhereThePolicyThatThePairingWroteIsInForce() throws IOException {
    var code =
        shop.code(
            "--origin",
            shop.pos().origin(),
            "--scope",
            "till",
            "--chromium-policy",
            policies.resolve("policies/managed/tillkeeper.json").toString());
    try (var chromium = BrowserPage.Chromium.managed(policies, fromTheInternet());
        var browser = chromium.open(1280, 800, "en")) {
      var page = browser.page();
      page.navigate(shop.pos().origin());
      assertThat(page.evaluate(MAY_REACH)).isEqualTo("granted");
      assertPairs(page, code);

      // and it is for that origin alone
      page.navigate(shop.other().origin());
      assertThat(page.evaluate(MAY_REACH)).isEqualTo("prompt");
      assertThat(startOn(page)).isEqualTo("refused");
    }
  }
}
