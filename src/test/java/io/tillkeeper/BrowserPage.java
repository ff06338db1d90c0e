package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A page in the system's Chromium, and all that it complained of or called. */
final class BrowserPage implements AutoCloseable {

  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final int PATIENCE_MILLIS = 30_000;

  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final Set<String> hosts = ConcurrentHashMap.newKeySet();

  private BrowserPage(BrowserContext context) {
    this.context = context;
    this.page = context.newPage();
    page.setDefaultTimeout(PATIENCE_MILLIS);
    page.onConsoleMessage(this::heard);
    page.onPageError(complaints::add);
    page.onRequest(request -> hosts.add(URI.create(request.url()).getAuthority()));
    page.onWebSocket(socket -> hosts.add(URI.create(socket.url()).getAuthority()));
  }

  /** The browser itself, which takes a while to start; for the tests of one class, one by one. */
  static final class Chromium implements AutoCloseable {

    private static final Path EXECUTABLE = Path.of("/usr/bin/chromium");

    private static final String MANAGED =
        """
        #!/bin/sh
        exec unshare --user --map-root-user --mount \\
          sh -c 'mount --bind %s /etc/chromium && exec chromium "$@"' sh "$@"
        """;

    private final Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Browser browser;

    /**
     * @param arguments of its command line
     */
    Chromium(String... arguments) {
      this(EXECUTABLE, arguments);
    }

    private Chromium(Path executable, String... arguments) {
      browser =
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(executable)
                      .setArgs(List.of(arguments))
                      // its own sandbox needs rights that a test's user may not have
                      .setChromiumSandbox(false));
      PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    }

    /**
     * The browser of a box on which somebody manages it, and of no other: it sees the directory in
     * place of {@code /etc/chromium}.
     */
    static Chromium managed(Path directory, String... arguments) throws IOException {
      try {
        Machine.run(List.of("unshare", "--user", "--map-root-user", "--mount", "true"));
      } catch (IOException e) {
        Machine.missing(e);
      }
      var executable =
          Files.writeString(directory.resolve("chromium"), MANAGED.formatted(directory));
      Files.setPosixFilePermissions(executable, PosixFilePermissions.fromString("rwx------"));
      return new Chromium(executable, arguments);
    }

    /** A page of a person who is new to it: nothing is remembered from another. */
    BrowserPage open(int width, int height, String language) {
      return new BrowserPage(
          browser.newContext(
              new Browser.NewContextOptions()
                  .setViewportSize(width, height)
                  .setLocale(language)
                  .setReducedMotion(ReducedMotion.REDUCE)));
    }

    @Override
    public void close() {
      playwright.close();
    }
  }

  private void heard(ConsoleMessage message) {
    if (message.type().equals("error") || message.type().equals("warning")) {
      complaints.add(message.text());
    }
  }

  Page page() {
    return page;
  }

  Locator find(String selector) {
    return page.locator(selector);
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** Keeps a picture of what a person sees now. */
  void picture(String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(true));
  }

  /** Nothing that is in the way of a person who sees, hears or moves differently. */
  void assertAccessible(String where) {
    var serious =
        new AxeBuilder(page)
            .analyze().getViolations().stream()
                .filter(rule -> Set.of("serious", "critical").contains(rule.getImpact()))
                .map(rule -> rule.getId() + ": " + rule.getNodes().getFirst().getHtml())
                .toList();
    assertThat(serious).as(where).isEmpty();
  }

  /** Nothing is cut off at the side, and nothing has to be pushed sideways. */
  void assertFits(String where) {
    assertThat(
            page.evaluate(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
        .as(where)
        .isEqualTo(true);
  }

  void assertNoComplaint() {
    assertThat(complaints).isEmpty();
  }

  /** Forgets what the page complained of, such as a daemon that a test has ended. */
  void forgive() {
    complaints.clear();
  }

  void assertCalledOnly(String... authorities) {
    assertThat(hosts).containsExactlyInAnyOrder(authorities);
  }

  @Override
  public void close() {
    context.close();
  }
}
