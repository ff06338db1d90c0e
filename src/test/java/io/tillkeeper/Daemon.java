package io.tillkeeper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillkeeper.simulator.Simulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The product as a process of its own: the jar that the build made, run by the JVM of the test, or
 * the native binary that {@code -Dtillkeeper.it.binary=PATH} names and that of this build with
 * {@code -Dnative}. It never outlives {@link #close()}.
 */
final class Daemon implements AutoCloseable {

  static final ObjectMapper JSON = new ObjectMapper();

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration CALL_LIMIT = Duration.ofSeconds(20);
  private static final int LARGEST_PAGE = 500;

  private static final Pattern LISTENING =
      Pattern.compile("Listening on: (http://127\\.0\\.0\\.1:\\d+)");

  /** What of the tests' own environment would change the configuration. */
  private static final Pattern CONFIGURATION =
      Pattern.compile(
          "(TILLKEEPER_|QUARKUS_|SMALLRYE_|STATE_DIRECTORY|CREDENTIALS_DIRECTORY|XDG_|JAVA_|JDK_).*");

  private final Process process;
  private final boolean wrapped;
  private final List<String> output = new CopyOnWriteArrayList<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final List<Thread> readers;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private volatile URI url;
  private volatile String token;

  private Daemon(Process process, boolean wrapped) {
    this.process = process;
    this.wrapped = wrapped;
    this.readers =
        List.of(collect(process.inputReader(), output), collect(process.errorReader(), errors));
  }

  /**
   * The configuration for a box with this storage directory and no Odoo, which wants no token: most
   * tests are about something else.
   */
  static Map<String, String> alone(Path storage) {
    return new HashMap<>(
        Map.of(
            "TILLKEEPER_STORAGE_DIRECTORY", storage.toString(),
            "TILLKEEPER_ACCESS_PROTECTION", "unprotected",
            "TILLKEEPER_SHOP_COUNTRY", "ES",
            "QUARKUS_HTTP_PORT", "0"));
  }

  /** The configuration for a box with this storage directory that delivers to this Odoo. */
  static Map<String, String> deliveringTo(Simulator odoo, Path storage) {
    var environment = alone(storage);
    environment.putAll(
        Map.of(
            "TILLKEEPER_ODOO_URL", odoo.url().toString(),
            "TILLKEEPER_ODOO_DATABASE", odoo.database(),
            "TILLKEEPER_ODOO_LOGIN", odoo.login(),
            "TILLKEEPER_ODOO_API_KEY", odoo.apiKey(),
            "TILLKEEPER_SYNC_BACKOFF", "50ms",
            "TILLKEEPER_SYNC_LONGEST_BACKOFF", "500ms"));
    return environment;
  }

  /** Starts one; it answers when this returns. */
  static Daemon start(Map<String, String> environment) {
    return start(process(environment, List.of()));
  }

  /**
   * Starts one and does not wait for anything.
   *
   * @param wrapper a command that runs the one that follows it
   */
  static Daemon launch(Map<String, String> environment, List<String> wrapper, String... arguments) {
    return launch(process(environment, wrapper, arguments), !wrapper.isEmpty());
  }

  /** The same, with a system property, as a person could give it on the command line. */
  static Daemon launchWithProperty(
      Map<String, String> environment, String property, String... arguments) {
    var builder = process(environment, List.of(), arguments);
    builder.command().add(1, "-D" + property);
    return launch(builder, false);
  }

  private static Daemon launch(ProcessBuilder builder, boolean wrapped) {
    try {
      return new Daemon(builder.start(), wrapped);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts one that looks names up in this file, and nowhere else. Java keeps an address for half a
   * minute, here for a second; a native binary does not hear of that.
   */
  static Daemon startWithNames(Map<String, String> environment, Path hosts) {
    var builder = process(environment, List.of());
    builder
        .command()
        .addAll(
            1,
            List.of("-Djdk.net.hosts.file=" + hosts.toAbsolutePath(), "-Dsun.net.inetaddr.ttl=1"));
    return start(builder);
  }

  /** Starts the jar so that it writes an archive of its classes when it ends. */
  static Daemon startThatArchivesItsClasses(Map<String, String> environment, Path archive) {
    return start(inEnvironment(environment, javaCommand("-XX:ArchiveClassesAtExit=" + archive)));
  }

  private static Daemon start(ProcessBuilder builder) {
    var daemon = launch(builder, false);
    try {
      daemon.awaitReady();
      return daemon;
    } catch (AssertionError notReady) {
      daemon.close();
      throw notReady;
    }
  }

  /** The process of the product, with arguments or without, in an environment of its own. */
  static ProcessBuilder process(
      Map<String, String> environment, List<String> wrapper, String... arguments) {
    var command = new ArrayList<>(wrapper);
    command.addAll(command());
    command.addAll(List.of(arguments));
    return inEnvironment(environment, command);
  }

  private static ProcessBuilder inEnvironment(
      Map<String, String> environment, List<String> command) {
    var builder = new ProcessBuilder(command).directory(Path.of("target").toFile());
    builder.environment().keySet().removeIf(name -> CONFIGURATION.matcher(name).matches());
    // nor that of a Tillkeeper which is installed here
    builder.environment().put("TILLKEEPER_CONFIG", "");
    builder.environment().put("CREDENTIALS_DIRECTORY", "");
    builder.environment().putAll(environment);
    return builder;
  }

  /** The native binary that these tests run against, if they do. */
  static Optional<Path> binary() {
    return Optional.of(System.getProperty("tillkeeper.it.binary", ""))
        .filter(name -> !name.isEmpty())
        .map(name -> Path.of(name).toAbsolutePath());
  }

  /** The directory of the jar that the build made, with all that it needs. */
  static Path application() {
    var directory = Path.of("target", "quarkus-app").toAbsolutePath();
    if (!Files.exists(directory)) {
      throw new AssertionError(directory + " is not there: these tests run after packaging");
    }
    return directory;
  }

  private static List<String> command() {
    return binary()
        .map(Path::toString)
        .map(List::of)
        .orElseGet(() -> javaCommand("-XX:SharedArchiveFile=" + ClassArchive.of(application())));
  }

  private static List<String> javaCommand(String archive) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        // starts sooner, which is most of what these tests wait for
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        archive,
        "-jar",
        application().resolve("quarkus-run.jar").toString());
  }

  private static Thread collect(BufferedReader from, List<String> lines) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try (from) {
                from.lines().forEach(lines::add);
              } catch (IOException | UncheckedIOException e) {
                // killed while it wrote
              }
            });
  }

  /** Waits until it answers. */
  void awaitReady() {
    Await.until(
        START_LIMIT,
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("the daemon ended: " + allOutput());
          }
          return listening() && answers();
        },
        () -> "the daemon is ready: " + allOutput());
  }

  private boolean listening() {
    if (url == null) {
      output.stream()
          .map(LISTENING::matcher)
          .filter(matcher -> matcher.find())
          .findFirst()
          .ifPresent(found -> url = URI.create(found.group(1)));
    }
    return url != null;
  }

  private boolean answers() {
    try {
      return call("GET", "/q/health/live", null, null).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  URI url() {
    return url;
  }

  /** From now on each call shows this token. */
  void show(String token) {
    this.token = token;
  }

  /** The lines on the standard output so far. */
  List<String> output() {
    return List.copyOf(output);
  }

  /** The lines on the standard error so far. */
  List<String> errors() {
    return List.copyOf(errors);
  }

  List<String> allOutput() {
    var all = new ArrayList<>(output);
    all.addAll(errors);
    return all;
  }

  /**
   * The daemon's own process: that of the wrapper's child, if there is a wrapper. It has children
   * itself now and then.
   */
  ProcessHandle handle() {
    var outer = process.toHandle();
    return wrapped ? outer.children().findFirst().orElse(outer) : outer;
  }

  /**
   * Makes one call.
   *
   * @param body is sent as JSON, a text as it is; nothing when null
   * @param key the Idempotency-Key; none when null
   * @throws IOException when there is no whole answer
   */
  HttpResponse<String> call(String method, String path, Object body, String key)
      throws IOException {
    var request = HttpRequest.newBuilder(url.resolve(path)).timeout(CALL_LIMIT);
    if (body == null) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      var text = body instanceof String raw ? raw : JSON.writeValueAsString(body);
      request
          .header("Content-Type", "application/json")
          .method(method, HttpRequest.BodyPublishers.ofString(text));
    }
    Optional.ofNullable(token)
        .ifPresent(shown -> request.header("Authorization", "Bearer " + shown));
    Optional.ofNullable(key).ifPresent(value -> request.header("Idempotency-Key", value));
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** The JSON of a call that must be answered with this status. */
  JsonNode json(int status, String method, String path, Object body) {
    try {
      var answer = call(method, path, body, null);
      if (answer.statusCode() != status) {
        throw new AssertionError(
            "%s %s: %d %s".formatted(method, path, answer.statusCode(), answer.body()));
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode status() {
    return json(200, "GET", "/api/v1/status", null);
  }

  /** Creates a customer and returns the receipt. */
  JsonNode create(Map<String, ?> body) {
    return json(202, "POST", "/api/v1/customers", body);
  }

  /** All operations, page by page. */
  List<JsonNode> operations() {
    var operations = new ArrayList<JsonNode>();
    var after = "0";
    while (!after.equals("null")) {
      var page =
          json(200, "GET", "/api/v1/operations?limit=" + LARGEST_PAGE + "&after=" + after, null);
      page.get("operations").forEach(operations::add);
      after = page.path("next").asText("null");
    }
    return operations;
  }

  /** Asks for everything to be sent now, and waits until it is. */
  void awaitAllDelivered(Duration limit) {
    json(202, "POST", "/api/v1/sync", null);
    Await.until(
        limit,
        () -> status().get("allDelivered").asBoolean(),
        () -> "all is delivered: " + status() + allOutput());
  }

  /** {@code kill -9}: no shutdown hook runs. Returns when the process is gone. */
  void kill9() {
    handle().destroyForcibly();
    awaitEnd(Duration.ofSeconds(20));
  }

  /** As {@link #kill9}, and the machine with it: the next start finds itself in another boot. */
  void losePower(Path storage) {
    kill9();
    try {
      Files.writeString(storage.resolve("running"), "a boot before this one");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code SIGTERM}, as systemd stops it; returns the exit code. */
  int stop(Duration limit) {
    handle().destroy();
    return awaitEnd(limit);
  }

  /** Waits until the process ends by itself or by a signal already sent; returns the exit code. */
  int awaitEnd(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("did not end within " + limit + ": " + allOutput());
      }
      for (var reader : readers) {
        reader.join(Duration.ofSeconds(10));
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    awaitEnd(Duration.ofSeconds(20));
    http.close();
  }
}
