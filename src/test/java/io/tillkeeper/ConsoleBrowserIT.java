package io.tillkeeper;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.simulator.SimulatorOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a person in the shop sees in the console, in a real browser, while the line comes and goes.
 */
class ConsoleBrowserIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static BrowserPage.Chromium chromium;

  @TempDir Path storage;
  private Simulator odoo;
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
    environment = Daemon.deliveringTo(odoo, storage);
    daemon = Daemon.start(environment);
    // the same over a restart, so that the page finds the daemon again
    environment.put("QUARKUS_HTTP_PORT", String.valueOf(daemon.url().getPort()));
  }

  @AfterEach
  void stop() {
    daemon.close();
    odoo.close();
  }

  private BrowserPage open(int width, int height, String language) {
    var browser = chromium.open(width, height, language);
    browser.page().navigate(daemon.url().toString());
    return browser;
  }

  private static void assertState(BrowserPage browser, String state) {
    assertThat(browser.find("#banner")).hasAttribute("data-state", state);
  }

  private String customer(Map<String, ?> values) {
    return daemon.create(Map.of("values", values)).at("/customer/ref").asText();
  }

  private void update(String ref, Map<String, ?> values, Map<String, ?> base) {
    daemon.json(202, "PATCH", "/api/v1/customers/" + ref, Map.of("values", values, "base", base));
  }

  private long delivered(Map<String, ?> values) {
    var ref = customer(values);
    daemon.awaitAllDelivered(LIMIT);
    return daemon.json(200, "GET", "/api/v1/customers/" + ref, null).path("odooId").asLong();
  }

  private String nameInOdoo(long id) {
    return odoo.partner(id).orElseThrow().name();
  }

  @Test
  void anOutageFromItsBeginningToItsEnd() {
    try (var browser = open(1024, 600, "en-GB")) {
      assertState(browser, "delivered");
      assertThat(browser.find("#sentence")).hasText("Everything is in Odoo.");
      browser.picture("1-everything-is-in-odoo");
      browser.assertAccessible("everything delivered");
      browser.assertFits("everything delivered");

      odoo.fault(new Fault.Refuse());
      customer(Map.of("name", "Ana Díaz", "phone", "612 34 56 78"));
      assertState(browser, "down");
      assertThat(browser.find("#sentence")).hasText("Odoo cannot be reached at the moment.");
      assertThat(browser.find("#why")).hasText("The Odoo server does not accept connections.");
      assertThat(browser.find("#on-way-list")).containsText("Ana Díaz");
      assertThat(browser.find("[data-fact=on-way]")).hasText("1");
      browser.picture("2-the-line-is-down");
      browser.assertAccessible("line down");
      browser.assertFits("line down");

      browser.find("#query").fill("ana");
      assertThat(browser.find("#customers [data-customer]")).containsText("On its way");

      browser.button("Try now").click();
      assertState(browser, "down");
      odoo.clearFaults();
      assertState(browser, "delivered");
      assertThat(browser.find("#delivered-list")).containsText("Ana Díaz");
      assertThat(browser.find("#customers [data-customer]")).containsText("In Odoo");
      assertThat(browser.find("#timeline svg rect.line[data-state=up]").first()).isAttached();
      browser.picture("3-delivered");
      assertThat(odoo.partnersNamed("Ana Díaz")).hasSize(1);
      browser.assertNoComplaint();
      browser.assertCalledOnly(daemon.url().getAuthority());
    }
  }

  @Test
  void aKeyThatEndsSoonIsToldInEachLanguage() {
    daemon.awaitAllDelivered(LIMIT);
    odoo.makeKey("Ends", Instant.now().plus(Duration.ofDays(5)));
    daemon.json(202, "POST", "/api/v1/reload", null);
    for (var told :
        Map.of(
                "en-GB", "This till's key for Odoo ends on",
                "fr-FR", "La clé Odoo de cette caisse expire le",
                "es-ES", "La clave de Odoo de esta caja caduca el")
            .entrySet()) {
      try (var browser = open(1024, 600, told.getKey())) {
        assertThat(browser.find("#next")).containsText(told.getValue());
        browser.assertAccessible("key ends soon");
        browser.assertNoComplaint();
      }
    }
  }

  private static void introduce(BrowserPage browser) {
    var dialog = dialog(browser, "Who are you?");
    dialog.getByLabel("Your name").fill("Zoë");
    dialog.locator("[data-action=confirm]").click();
  }

  private static Locator dialog(BrowserPage browser, String title) {
    return browser
        .page()
        .getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName(title).setExact(true));
  }

  @Test
  void whatIsHeldIsDecided() {
    var conflict = delivered(Map.of("name", "Greta", "city", "León"));
    odoo.edit(conflict, Map.of("name", "Greta Back-Office"));
    var twin = odoo.create(Map.of("name", "Hugo", "email", "hugo@example.com")).id();
    update("odoo:" + conflict, Map.of("name", "Greta Till"), Map.of("name", "Greta"));
    customer(Map.of("name", "Hugo Twin", "email", "hugo@example.com"));
    customer(Map.of("name", "Ivo Rejected", "lang", "xx_XX"));
    customer(Map.of("name", "Jana Given-Up", "lang", "xx_XX"));

    try (var browser = open(1024, 600, "en-GB")) {
      assertState(browser, "held");
      assertThat(browser.find("#held article")).hasCount(4);
      browser.picture("4-four-decisions");
      browser.assertAccessible("four decisions");
      browser.assertFits("four decisions");

      var dispute = browser.find("#held article[data-reason=conflict]");
      assertThat(dispute).containsText("Greta Back-Office");
      dispute
          .getByRole(
              AriaRole.RADIO,
              new Locator.GetByRoleOptions().setName(Pattern.compile("^Name: this till")))
          .check();
      dispute.locator("[data-action=resolve]").click();
      introduce(browser);
      assertThat(dispute).hasCount(0);

      var duplicate = browser.find("#held article[data-reason=duplicate]");
      duplicate.locator("[data-action=link]").first().click();
      assertThat(duplicate).hasCount(0);

      var rejected = browser.find("#held article").filter(named("Ivo Rejected"));
      rejected.locator("[data-action=correct]").click();
      var correction = dialog(browser, "Correct and send again");
      browser.picture("5-correct-and-send-again");
      browser.assertAccessible("correction");
      correction.locator("[name=lang]").fill("en_US");
      correction.locator("[data-action=confirm]").click();
      assertThat(rejected).hasCount(0);

      var givenUp = browser.find("#held article").filter(named("Jana Given-Up"));
      givenUp.locator("[data-action=discard]").click();
      var discard = dialog(browser, "Discard it?");
      discard.getByLabel("Reason").fill("typed by mistake");
      discard.locator("[data-action=confirm]").click();
      assertThat(givenUp).hasCount(0);

      assertState(browser, "delivered");
      browser.picture("6-all-decided");
      browser.assertNoComplaint();
    }
    assertThat(nameInOdoo(conflict)).isEqualTo("Greta Till");
    assertThat(nameInOdoo(twin)).isEqualTo("Hugo");
    assertThat(odoo.partnersNamed("Ivo Rejected")).hasSize(1);
    assertThat(odoo.partnersNamed("Jana Given-Up")).isEmpty();
    assertThat(odoo.partnersNamed("Hugo Twin")).isEmpty();
  }

  private static Locator.FilterOptions named(String name) {
    return new Locator.FilterOptions().setHasText(name);
  }

  @Test
  void theModeIsChangedAfterAConfirmation() {
    try (var browser = open(1024, 600, "en-GB")) {
      browser.find("[data-mode=offline]").click();
      dialog(browser, "Change to: Airplane mode?").locator("[data-action=cancel]").click();
      assertThat(daemon.status().path("mode").asText()).isEqualTo("auto");

      browser.find("#who").click();
      browser.find("dialog[open] input").fill("Zoë");
      browser.find("dialog[open] [data-action=confirm]").click();
      browser.find("[data-mode=offline]").click();
      dialog(browser, "Change to: Airplane mode?").locator("[data-action=confirm]").click();
      assertState(browser, "airplane");
      assertThat(
              daemon.json(200, "GET", "/api/v1/audit", null).at("/entries").findValuesAsText("by"))
          .contains("Zoë");
      assertThat(browser.find("[data-mode=offline]")).hasAttribute("aria-pressed", "true");
      assertThat(daemon.status().path("mode").asText()).isEqualTo("offline");
      browser.picture("7-airplane-mode");

      browser.find("[data-mode=auto]").click();
      browser.find("dialog[open] [data-action=confirm]").click();
      assertState(browser, "delivered");
      browser.assertNoComplaint();
    }
  }

  @Test
  void whileTheDiskIsFullThePageSaysThatNothingIsAccepted() {
    daemon.close();
    environment.put("TILLKEEPER_STORAGE_RESERVE", "1000000G");
    daemon = Daemon.start(environment);
    try (var browser = open(1024, 600, "en-GB")) {
      assertState(browser, "disk-full");
      assertThat(browser.find("#sentence"))
          .hasText("Nothing is accepted: the disk of this till is full.");
      browser.picture("9-the-disk-is-full");
      browser.assertAccessible("disk full");
      browser.assertFits("disk full");
      browser.assertNoComplaint();
    }
  }

  @Test
  void whenTheDaemonItselfIsGoneThePageSaysSoAndComesBack() {
    try (var browser = open(1024, 600, "en-GB")) {
      assertState(browser, "delivered");
      odoo.fault(new Fault.Refuse());
      customer(Map.of("name", "Ana Díaz"));
      assertState(browser, "down");
      daemon.kill9();
      assertState(browser, "gone");
      browser.picture("8-the-daemon-is-gone");
      browser.forgive();

      daemon = Daemon.start(environment);
      assertState(browser, "down");
      assertThat(browser.find("#on-way-list")).containsText("Ana Díaz");
      odoo.clearFaults();
      daemon.awaitAllDelivered(LIMIT);
      assertState(browser, "delivered");
      assertThat(browser.find("#on-way-list")).not().containsText("Ana Díaz");
    }
  }

  @Test
  void airplaneModeIsRehearsed() {
    daemon.close();
    environment.put("TILLKEEPER_REHEARSAL_STAGING", "true");
    daemon = Daemon.start(environment);
    daemon.awaitAllDelivered(LIMIT);
    try (var browser = open(1024, 600, "en-GB")) {
      assertState(browser, "delivered");
      var panel = browser.find("#rehearsal");
      panel.getByLabel("Test customers").fill("4");
      panel.getByLabel("Seconds offline").fill("1");
      browser.button("Start the rehearsal").click();
      dialog(browser, "Start the rehearsal?").locator("[data-action=confirm]").click();

      var result = browser.find("#rehearsals li[data-rehearsal]");
      assertThat(result).hasAttribute("data-passed", "true");
      browser.picture("10-a-rehearsal");
      browser.assertAccessible("rehearsal");
      browser.assertNoComplaint();

      var report = result.getByRole(AriaRole.LINK).getAttribute("href");
      browser.page().navigate(report);
      assertThat(browser.find("table tbody tr")).hasCount(4);
      browser.picture("11-its-report");
      browser.assertAccessible("report");
      browser.assertNoComplaint();
    }
    assertThat(odoo.partners())
        .noneMatch(partner -> partner.active() && partner.name().startsWith("Rehearsal"));
  }

  @Test
  void onAPhoneInTheDarkAndInOtherLanguages() {
    odoo.fault(new Fault.Refuse());
    customer(Map.of("name", "Ana Díaz"));
    for (var language : List.of("fr", "es")) {
      try (var browser = open(390, 800, language)) {
        browser
            .page()
            .emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertState(browser, "down");
        assertThat(browser.find("html")).hasAttribute("lang", language);
        assertThat(browser.find("#sentence"))
            .not()
            .hasText("Odoo cannot be reached at the moment.");
        browser.picture("9-phone-dark-" + language);
        browser.assertAccessible("phone, dark, " + language);
        browser.assertFits("phone, " + language);
        browser.assertNoComplaint();
      }
    }
  }

  @Test
  void itIsUsedWithTheKeyboardAlone() {
    customer(Map.of("name", "Ivo Rejected", "lang", "xx_XX"));
    try (var browser = open(1024, 600, "en-GB")) {
      assertState(browser, "held");
      var discard = browser.find("#held article [data-action=discard]");
      assertThat(discard).isVisible();
      discard.focus();
      browser.page().keyboard().press("Enter");
      browser.page().keyboard().type("Zoë");
      browser.page().keyboard().press("Enter");
      assertThat(dialog(browser, "Discard it?")).isVisible();
      browser.page().keyboard().press("Escape");
      assertThat(browser.find("dialog[open]")).hasCount(0);
      assertThat(browser.find("#held article")).hasCount(1);
      browser.assertNoComplaint();
    }
  }
}
