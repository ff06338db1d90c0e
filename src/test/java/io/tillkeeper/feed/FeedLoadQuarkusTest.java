package io.tillkeeper.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tillkeeper.Await;
import io.tillkeeper.TestBox;
import io.tillkeeper.customer.CustomerAddress;
import io.tillkeeper.customer.CustomerChange;
import io.tillkeeper.queue.Acceptance;
import io.tillkeeper.queue.OperationKind;
import io.tillkeeper.queue.OperationQueue;
import io.tillkeeper.queue.OperationState;
import io.tillkeeper.queue.QueueChange;
import io.tillkeeper.queue.QueueChanged;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.sync.Scene;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many listeners, much to tell, and one who never reads. */
@QuarkusTest
@WithTestResource(TestBox.class)
class FeedLoadQuarkusTest {

  private static final int LISTENERS = 200;
  private static final int CUSTOMERS = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TestHTTPResource URI daemon;
  @Inject Scene scene;
  @Inject OperationQueue queue;
  @Inject Feed feed;
  @Inject FeedConfig config;
  @Inject Event<QueueChanged> changed;
  Simulator odoo;

  @BeforeEach
  void begin() {
    scene.begin(odoo);
  }

  /** Asks for the feed, and then never reads. */
  private Socket neverReads() throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), daemon.getPort()));
    socket
        .getOutputStream()
        .write(
            """
            GET /api/v1/feed HTTP/1.1\r
            Host: 127.0.0.1\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEC==\r
            \r
            """
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private void accept(int customer) {
    queue.accept(
        new Acceptance(
            OperationKind.CREATE,
            new CustomerAddress.ByRef(new UUID(7, customer)),
            CustomerChange.read(Map.of("name", "Customer " + customer)),
            null,
            null,
            null,
            null,
            new UUID(7, customer)));
  }

  @Test
  void everyoneIsToldEverythingInOrderThoughOneNeverReads() throws IOException {
    var clients = new ArrayList<FeedClient>();
    try (var deaf = neverReads()) {
      for (var i = 0; i < LISTENERS; i++) {
        clients.add(FeedClient.open(daemon, ""));
      }
      clients.forEach(FeedClient::first);
      IntStream.range(0, CUSTOMERS).forEach(this::accept);
      scene.drain();

      var first = clients.getFirst();
      first.await(
          "status",
          status ->
              status.at("/queue/deliveredTotal").asInt() == CUSTOMERS
                  && status.path("allDelivered").asBoolean());
      assertToldEverything(first);
      var news = first.news();
      for (var client : clients) {
        Await.until(
            PATIENCE, () -> client.news().size() >= news.size(), () -> "all of it is told to all");
        assertThat(client.news()).isEqualTo(news);
      }
      assertThat(deaf.isConnected()).isTrue();
    } finally {
      clients.forEach(FeedClient::close);
    }
  }

  private static void assertToldEverything(FeedClient client) {
    var ids = client.heard().stream().map(event -> event.path("id").asLong()).toList();
    assertThat(ids).isSorted().doesNotHaveDuplicates();
    for (var state : List.of("pending", "sending", "delivered")) {
      assertThat(
              client.heard("operation").stream()
                  .map(event -> event.path("data"))
                  .filter(operation -> operation.path("state").asText().equals(state))
                  .map(operation -> operation.path("id").asLong()))
          .as(state)
          .hasSize(CUSTOMERS)
          .isSorted()
          .doesNotHaveDuplicates();
    }
    assertThat(client.heard("customer"))
        .extracting(event -> event.at("/data/standing").asText())
        .filteredOn("delivered"::equals)
        .hasSize(CUSTOMERS);
    // far fewer than there were changes
    assertThat(client.heard("status")).hasSizeLessThan(CUSTOMERS / 4);
    assertThat(client.heard("status")).allSatisfy(FeedLoadQuarkusTest::assertAddsUp);
  }

  private static void assertAddsUp(JsonNode status) {
    var queue = status.at("/data/queue");
    assertThat(
            List.of("pending", "sending", "held", "deliveredTotal", "discardedTotal").stream()
                .mapToLong(number -> queue.path(number).asLong())
                .sum())
        .isEqualTo(queue.path("acceptedTotal").asLong());
  }

  /**
   * More than the operating system keeps for a connection, told step by step so that the other
   * listener keeps up: it is the one who never reads that is dropped.
   */
  @Test
  void whoDoesNotKeepUpIsDroppedAndNobodyElse() throws IOException {
    try (var deaf = neverReads();
        var client = FeedClient.open(daemon, "")) {
      client.first();
      Await.until(PATIENCE, () -> feed.listeners() >= 2, () -> "two listen");
      var seq = 0L;
      while (feed.listeners() > 1) {
        var upTo = seq + config.memory() / 4;
        changed.fire(new QueueChanged(moves(seq, upTo)));
        client.await("operation", operation -> operation.path("id").asLong() == upTo);
        seq = upTo;
        client.forget();
      }
      changed.fire(new QueueChanged(moves(seq, seq + 1)));
      var last = seq + 1;
      client.await("operation", operation -> operation.path("id").asLong() == last);
      assertThat(deaf.getInputStream().readNBytes(12))
          .asString(StandardCharsets.US_ASCII)
          .isEqualTo("HTTP/1.1 101");
    }
  }

  private static List<QueueChange> moves(long after, long upTo) {
    return LongStream.rangeClosed(after + 1, upTo)
        .<QueueChange>mapToObj(
            seq ->
                new QueueChange.OperationMoved(
                    seq,
                    OperationKind.CREATE,
                    new UUID(8, seq),
                    null,
                    "till",
                    "cashier",
                    "pending",
                    new OperationState.Sending(Instant.EPOCH, 1)))
        .toList();
  }
}
