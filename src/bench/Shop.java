import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/** What the measurements say to the daemon, besides handing customers over. */
final class Shop {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final long ASK_AGAIN_NANOS = 100_000_000;

  private final int port;

  Shop(int port) {
    this.port = port;
  }

  /** The body of a new customer like another, who has nothing in common with anybody else. */
  static String customer(long number) {
    return "{\"values\":{\"name\":\"Customer %d\",\"email\":\"c%d@example.com\",\"phone\":\"+34 6%08d\",\"city\":\"Vigo\"}}"
        .formatted(number, number, number % 100_000_000);
  }

  JsonNode status() throws IOException {
    return ask("GET", "/api/v1/status", "");
  }

  /** How many of all were delivered so far. */
  long delivered() throws IOException {
    return status().at("/queue/deliveredTotal").asLong();
  }

  void goOffline() throws IOException {
    ask("PUT", "/api/v1/mode", "{\"mode\":\"offline\"}");
  }

  /** Begins to deliver at once. */
  void goOnline() throws IOException {
    ask("PUT", "/api/v1/mode", "{\"mode\":\"auto\"}");
    ask("POST", "/api/v1/sync", "");
  }

  void awaitAllDelivered() throws IOException, InterruptedException {
    while (!status().get("allDelivered").asBoolean()) {
      Thread.sleep(200);
    }
  }

  /** A daemon that has more to do than it can says so, and is asked again. */
  private JsonNode ask(String method, String path, String body) throws IOException {
    try (var client = new Client(port)) {
      var answer = client.call(method, path, body, "");
      while (answer.status() == 503) {
        LockSupport.parkNanos(ASK_AGAIN_NANOS);
        answer = client.call(method, path, body, "");
      }
      if (answer.status() >= 300) {
        throw new IOException(
            "%s %s: %d %s".formatted(method, path, answer.status(), answer.body()));
      }
      return JSON.readTree(answer.body());
    }
  }
}
