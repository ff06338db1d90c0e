package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ten lines for a POS page as the README has them, word for word, in a real browser: where the
 * page is not paired yet, and where it is.
 */
class ReadmePageBrowserIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String SECTION = "## In a POS page, in ten lines";
  private static final String CODE = "    ";

  /** What such a page has of its own, and, at the end, what the test looks at. */
  private static final String PAGE =
      """
      <!DOCTYPE html><html lang="en"><title>POS</title><link rel="icon" href="data:,">
      <script>
        window.shown = [];
        window.showQueue = (...what) => shown.push(['queue', ...what]);
        window.showCustomer = (...what) => shown.push(['customer', ...what]);
        window.showDaemon = (...what) => shown.push(['daemon', ...what]);
        window.readAgainWhatIsShown = () => shown.push(['again']);
      </script>
      <script type="module">
      %s
      window.done = { receipt, found };
      </script></html>
      """;

  @TempDir Path storage;
  private final List<String> asked = new ArrayList<>();
  private Simulator odoo;
  private PosPage pos;
  private Map<String, String> environment;
  private Daemon daemon;
  private BrowserPage.Chromium chromium;

  @BeforeEach
  void start() throws IOException {
    odoo = Simulator.start(SimulatorOptions.odoo("19.0"));
    environment = Daemon.deliveringTo(odoo, storage);
    environment.remove("TILLKEEPER_ACCESS_PROTECTION");
    daemon = Daemon.start(environment);
    // the port of the README may be another daemon's here
    chromium =
        new BrowserPage.Chromium(
            "--host-resolver-rules=MAP 127.0.0.1:8484 " + daemon.url().getAuthority());
    pos = PosPage.showing(PAGE.formatted(tenLines()));
  }

  @AfterEach
  void stop() {
    chromium.close();
    daemon.close();
    pos.close();
    odoo.close();
  }

  private static String tenLines() throws IOException {
    var code =
        Files.readAllLines(Path.of("README.md")).stream()
            .dropWhile(line -> !line.equals(SECTION))
            .skip(1)
            .takeWhile(line -> !line.startsWith("## "))
            .filter(line -> line.startsWith(CODE))
            .map(line -> line.substring(CODE.length()))
            .collect(Collectors.joining("\n"));
    assertThat(code).startsWith("import { Tillkeeper } from 'http://127.0.0.1:8484/tillkeeper.js'");
    assertThat(code.lines()).hasSizeBetween(9, 11);
    return code;
  }

  private String code() {
    var run =
        CommandRun.of(
            environment,
            "pair",
            "--json",
            "--origin",
            pos.origin(),
            "--url",
            daemon.url().toString());
    assertThat(run.exitCode()).as(run.errors()).isZero();
    return run.json().path("code").asText();
  }

  @Test
  void thePageIsPairedAndItsCustomerIsAcceptedFoundAndDelivered() {
    var code = code();
    try (var browser = chromium.open(1280, 800, "en")) {
      var page = browser.page();
      page.onDialog(
          dialog -> {
            asked.add(dialog.message());
            dialog.accept(code);
          });
      page.navigate(pos.origin());
      assertAccepted(page);
      assertThat(asked).containsExactly("The code of tillkeeper pair");
      page.waitForFunction("shown.some(([what, , odooId]) => what === 'customer' && odooId > 0)");
      page.waitForFunction("shown.some(([what, delivered]) => what === 'queue' && delivered)");
      page.waitForFunction("shown.findLast(([what]) => what === 'daemon')[1]");
      Await.until(LIMIT, () -> odoo.partnersNamed("Ana").size() == 1, () -> "" + odoo.partners());

      // who comes again shows the token that was kept
      page.reload();
      assertAccepted(page);
      assertThat(asked).hasSize(1);
    }
  }

  private static void assertAccepted(Page page) {
    page.waitForFunction("window.done");
    assertThat(page.evaluate("done.receipt.durable")).isEqualTo(true);
    assertThat(page.evaluate("done.found.some(({ ref }) => ref === done.receipt.customer.ref)"))
        .isEqualTo(true);
  }
}
