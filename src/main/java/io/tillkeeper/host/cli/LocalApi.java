package io.tillkeeper.host.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The local API of the daemon, as a client sees it. The oldest HTTP client of Java's is the one
 * that starts no threads and reads no settings, which is most of what a short command costs.
 */
final class LocalApi {

  /**
   * What was answered.
   *
   * @param text the JSON as it came
   */
  record Reply(String text, JsonNode json) {}

  static final JsonMapper JSON = new JsonMapper();

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

  private final URI url;
  private final Credential credential;

  LocalApi(URI url, Credential credential) {
    this.url = url;
    this.credential = credential;
  }

  URI url() {
    return url;
  }

  /**
   * @throws CommandFailed when the daemon is not there, or refuses
   */
  Reply get(String path) {
    return call("GET", path, null);
  }

  /**
   * @param body none when null
   * @throws CommandFailed when the daemon is not there, or refuses
   */
  Reply call(String method, String path, @Nullable JsonNode body) {
    return call(credential, method, path, body);
  }

  /**
   * The same, as somebody else.
   *
   * @throws CommandFailed when the daemon is not there, or refuses
   */
  Reply call(Credential caller, String method, String path, @Nullable JsonNode body) {
    try {
      var connection = open(caller, method, path);
      connection.setReadTimeout((int) ANSWER_LIMIT.toMillis());
      if (body != null) {
        send(connection, JSON.writeValueAsBytes(body));
      }
      return read(connection);
    } catch (IOException e) {
      throw notThere();
    }
  }

  /**
   * What is for machines: an answer of any kind, as it is.
   *
   * @throws CommandFailed when the daemon is not there
   */
  String text(String path) {
    try {
      var connection = open(credential, "GET", path);
      connection.setReadTimeout((int) ANSWER_LIMIT.toMillis());
      var status = connection.getResponseCode();
      try (var in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw notThere();
    }
  }

  /**
   * The feed, which goes on until one side ends it.
   *
   * @throws IOException when the daemon is not there
   * @throws CommandFailed when it refuses
   */
  InputStream feed() throws IOException {
    var connection = open(credential, "GET", "/api/v1/feed");
    connection.setRequestProperty("Accept", "text/event-stream");
    if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
      read(connection);
      throw notTillkeeper();
    }
    return connection.getInputStream();
  }

  private HttpURLConnection open(Credential caller, String method, String path) throws IOException {
    if (!(url.resolve(path).toURL().openConnection(Proxy.NO_PROXY)
        instanceof HttpURLConnection connection)) {
      throw CommandFailed.usage("The address of the daemon must begin with http://.");
    }
    connection.setRequestMethod(method);
    connection.setConnectTimeout((int) CONNECT_LIMIT.toMillis());
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    caller.header().ifPresent(shown -> connection.setRequestProperty("Authorization", shown));
    return connection;
  }

  /** Of a known length, or Java would repeat it by itself when the connection breaks. */
  private static void send(HttpURLConnection connection, byte[] body) throws IOException {
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(body.length);
    try (var out = connection.getOutputStream()) {
      out.write(body);
    }
  }

  private Reply read(HttpURLConnection connection) throws IOException {
    var status = connection.getResponseCode();
    var type = String.valueOf(connection.getContentType());
    try (var in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      var text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      if (status >= 400 && type.startsWith("application/problem+json")) {
        throw refused(status, JSON.readTree(text));
      }
      if (status >= 300 || !type.startsWith("application/json")) {
        throw notTillkeeper();
      }
      return new Reply(text, JSON.readTree(text));
    }
  }

  private CommandFailed refused(int status, JsonNode problem) {
    if (status == HttpURLConnection.HTTP_UNAUTHORIZED && credential.whyNone().isPresent()) {
      return new CommandFailed(
          ExitCode.NOT_PERMITTED, List.of(credential.whyNone().get()), problem);
    }
    var detail = problem.path("detail").asText("The daemon refuses this without a reason.");
    var code =
        switch (status) {
          case 401, 403 -> ExitCode.NOT_PERMITTED;
          case 429 -> ExitCode.TRY_LATER;
          case 500 -> ExitCode.SOFTWARE;
          default -> status > 500 ? ExitCode.TRY_LATER : ExitCode.USAGE;
        };
    return new CommandFailed(code, List.of(Output.plain(detail)), problem);
  }

  CommandFailed notThere() {
    return new CommandFailed(
        ExitCode.UNAVAILABLE,
        "No Tillkeeper answers at %s: start it with 'systemctl start tillkeeper', or see why it does not run with 'systemctl status tillkeeper'."
            .formatted(url));
  }

  private CommandFailed notTillkeeper() {
    return new CommandFailed(
        ExitCode.UNAVAILABLE,
        "What answers at %s is not Tillkeeper: compare quarkus.http.port in the configuration with '--url'."
            .formatted(url));
  }
}
