package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A POS page of another origin that uses the daemon's own module, in a real browser. */
class PosPageBrowserIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** What a POS would do with it: show what it hears, and hand a customer over. */
  private static final String PAGE =
      """
      <!DOCTYPE html><html lang="en"><title>POS</title><link rel="icon" href="data:,"><body><script type="module">
      window.heard = [];
      try {
        const { Tillkeeper } = await import('%s/tillkeeper.js');
        const till = new Tillkeeper();
        for (const type of ['status', 'operation', 'customer', 'reset', 'connection'])
          till.on(type, (data) => window.heard.push({ type, data }));
        till.start();
        window.till = till;
      } catch (error) {
        window.failed = String(error);
      }
      </script></body></html>
      """;

  /** Hands a customer over to a daemon that is not there, under the same key until it is. */
  private static final String STUBBORN =
      """
      () => { window.accepted = (async () => {
        for (let idempotencyKey; ;)
          try {
            return await till.accept({ name: 'Greta' }, { idempotencyKey });
          } catch (problem) {
            if (problem.status !== 0) throw problem;
            idempotencyKey = problem.idempotencyKey;
          }
      })(); }
      """;

  private static BrowserPage.Chromium chromium;

  @TempDir Path storage;
  private Simulator odoo;
  private PosPage pos;
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
    environment = Daemon.deliveringTo(odoo, storage);
  }

  private void startDaemon() {
    daemon = Daemon.start(environment);
    // the same over a restart, so that the page finds the daemon again
    environment.put("QUARKUS_HTTP_PORT", String.valueOf(daemon.url().getPort()));
    pos.show(PAGE.formatted(daemon.url()));
  }

  @AfterEach
  void stop() {
    daemon.close();
    pos.close();
    odoo.close();
  }

  private static void await(Page page, String condition) {
    page.waitForFunction(condition);
  }

  @Test
  void aCustomerOfThePosIsOnItsWayAndThenInOdoo() {
    environment.put("TILLKEEPER_API_ORIGINS", pos.origin());
    startDaemon();
    odoo.fault(new Fault.Refuse());
    try (var browser = chromium.open(800, 600, "en")) {
      var page = browser.page();
      page.navigate(pos.origin());
      await(page, "window.heard.some(e => e.type === 'status')");
      page.evaluate(
          "async () => window.receipt = await till.accept({name: 'Ana'}, {till: 'Till 1', cashier: 'Eva'})");
      await(page, "window.heard.some(e => e.type === 'customer' && e.data.standing === 'waiting')");
      assertThat(page.evaluate("async () => (await till.search('ana'))[0].standing"))
          .isEqualTo("waiting");

      odoo.clearFaults();
      page.evaluate("() => till.sync()");
      await(
          page,
          "window.heard.some(e => e.type === 'customer' && e.data.ref === receipt.customer.ref"
              + " && e.data.standing === 'delivered' && e.data.odooId > 0)");
      await(page, "window.heard.findLast(e => e.type === 'status').data.allDelivered");
      assertThat(
              page.evaluate(
                  "async () => { try { await till.accept({name: ''}) } catch (e) { return [e.status, e.field] } }"))
          .isEqualTo(List.of(422, "name"));
      browser.forgive(); // Chromium counts a refusal as an error of the page
      browser.assertCalledOnly(daemon.url().getAuthority(), pos.authority());
    }
    assertThat(odoo.partnersNamed("Ana")).hasSize(1);
  }

  @Test
  void whatHappensWhileThePageIsCutOffIsToldWhenItIsBack() throws IOException {
    environment.put("TILLKEEPER_API_ORIGINS", pos.origin());
    startDaemon();
    try (var browser = chromium.open(800, 600, "en")) {
      var page = browser.page();
      page.navigate(pos.origin());
      await(page, "window.heard.some(e => e.type === 'status')");
      page.context().setOffline(true);
      daemon.create(Map.of("values", Map.of("name", "Bruno")));
      daemon.awaitAllDelivered(LIMIT);
      page.context().setOffline(false);
      await(page, "window.heard.some(e => e.type === 'operation' && e.data.state === 'delivered')");

      daemon.kill9();
      await(page, "!window.heard.findLast(e => e.type === 'connection').data.connected");
      page.evaluate(STUBBORN);
      daemon = Daemon.start(environment);
      page.evaluate("async () => await window.accepted");
      await(page, "window.heard.some(e => e.type === 'reset')");
      daemon.awaitAllDelivered(LIMIT);
    }
    assertThat(odoo.partnersNamed("Greta")).hasSize(1);
    assertThat(daemon.operations()).hasSize(2);
  }

  @Test
  void aPageOfAnOriginThatIsNotNamedGetsNothing() {
    startDaemon();
    try (var browser = chromium.open(800, 600, "en")) {
      browser.page().navigate(pos.origin());
      await(browser.page(), "window.failed");
      assertThat(
              browser
                  .page()
                  .evaluate(
                      "url => new Promise(done => { const s = new WebSocket(url);"
                          + " s.onopen = () => done('open'); s.onerror = () => done('refused'); })",
                      daemon.url().toString().replace("http", "ws") + "/api/v1/feed"))
          .isEqualTo("refused");
    }
  }
}
