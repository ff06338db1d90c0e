package io.tillkeeper.host.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Server-sent events, as far as the daemon's feed uses them: an id, a type, one line of data. */
final class FeedReader implements AutoCloseable {

  record Event(String id, String type, String data) {}

  private final BufferedReader lines;

  FeedReader(InputStream feed) {
    this.lines = new BufferedReader(new InputStreamReader(feed, StandardCharsets.UTF_8));
  }

  /**
   * Waits for the next event; empty when the feed has ended.
   *
   * @throws IOException when it broke
   */
  Optional<Event> next() throws IOException {
    var id = "";
    var type = "";
    var data = "";
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty() && !data.isEmpty()) {
        return Optional.of(new Event(id, type, data));
      }
      // a line that begins with a colon is a sign of life
      var colon = line.indexOf(": ");
      if (colon > 0) {
        var value = line.substring(colon + 2);
        switch (line.substring(0, colon)) {
          case "id" -> id = value;
          case "event" -> type = value;
          case "data" -> data = value;
          default -> {} // nothing of the feed's
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
