import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Listens to the feed for as long as it may, and goes on after the last event it saw. */
final class Listener {

  private static final int SILENCE = 60_000;

  private final int port;
  private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::listen);
  private volatile boolean ended;
  private volatile long last = -1;
  private volatile long events;
  private volatile long resets;
  private volatile long outOfOrder;

  Listener(int port) {
    this.port = port;
  }

  void start() {
    thread.start();
  }

  void end() {
    ended = true;
  }

  long events() {
    return events;
  }

  /** How often it was told that what it missed is not known any more. */
  long resets() {
    return resets;
  }

  /** How many events had an id that does not come after the one before. */
  long outOfOrder() {
    return outOfOrder;
  }

  private void listen() {
    while (!ended) {
      try (var socket = new Socket("127.0.0.1", port)) {
        socket.setSoTimeout(SILENCE);
        var after = last < 0 ? "" : "?after=" + last;
        socket
            .getOutputStream()
            .write(
                "GET /api/v1/feed%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept: text/event-stream\r\n\r\n"
                    .formatted(after, port)
                    .getBytes(StandardCharsets.US_ASCII));
        read(
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)));
      } catch (IOException down) {
        pause();
      }
    }
  }

  private void read(BufferedReader lines) throws IOException {
    var id = last;
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("id: ")) {
        id = Long.parseLong(line.substring(4));
      } else if (line.startsWith("event: ")) {
        heard(line.substring(7), id);
      }
    }
  }

  /**
   * What is said of the moment, a status or a reset, has the id of the last thing that happened.
   */
  private void heard(String event, long id) {
    events++;
    switch (event) {
      case "operation", "customer" -> outOfOrder += id > last ? 0 : 1;
      case "reset" -> resets++;
      default -> outOfOrder += id >= last ? 0 : 1;
    }
    last = Math.max(last, id);
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }
}
