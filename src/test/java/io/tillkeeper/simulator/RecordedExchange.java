package io.tillkeeper.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** One exchange with a real Odoo, as it was recorded. */
record RecordedExchange(String version, String file, JsonNode content) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * Kept for the reading of their answers only: the request was abbreviated by hand (270), or meets
   * a database without Odoo in it (302, 303), or a partner that an exchange which was not kept had
   * archived (134).
   */
  private static final Set<Integer> ANSWERS_ONLY = Set.of(134, 270, 302, 303);

  /** All that can be replayed of a version, in the order in which they were made. */
  static List<RecordedExchange> of(String version) {
    URL folder =
        Objects.requireNonNull(
            RecordedExchange.class.getResource("/odoo-recordings/" + version), version);
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      return files
          .sorted()
          .map(file -> read(version, file))
          .filter(exchange -> !ANSWERS_ONLY.contains(exchange.number()))
          .toList();
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RecordedExchange read(String version, Path file) {
    try {
      String name = file.getFileName().toString().replace(".json", "");
      return new RecordedExchange(version, name, MAPPER.readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int number() {
    return Integer.parseInt(file.substring(0, file.indexOf('-')));
  }

  boolean isJson2() {
    return path().startsWith("/json/2");
  }

  String method() {
    return content.at("/request/method").asText();
  }

  String path() {
    return content.at("/request/path").asText();
  }

  JsonNode headers() {
    return content.at("/request/headers");
  }

  /** The body as it was sent; some are not JSON. */
  String body() {
    return content.at("/request/body").asText("");
  }

  JsonNode json() {
    return content.at("/request/json");
  }

  int status() {
    return content.at("/response/status").asInt();
  }

  String contentType() {
    for (JsonNode header : content.at("/response/headers")) {
      if (header.get(0).asText().equalsIgnoreCase("Content-Type")) {
        return header.get(1).asText().split(";")[0];
      }
    }
    return "";
  }

  JsonNode answer() {
    return content.at("/response/json");
  }

  @Override
  public String toString() {
    return version + " " + file;
  }
}
