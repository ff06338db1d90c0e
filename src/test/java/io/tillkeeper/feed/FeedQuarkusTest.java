package io.tillkeeper.feed;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tillkeeper.TestBox;
import io.tillkeeper.api.Till;
import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.storage.StorageChanged;
import io.tillkeeper.storage.TestDisk;
import io.tillkeeper.sync.Scene;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a listener of the feed is told, and what it can rely on. */
@QuarkusTest
@WithTestResource(TestBox.class)
class FeedQuarkusTest {

  @TestHTTPResource URI daemon;
  @Inject Scene scene;
  @Inject FullFeed full;
  @Inject Feed feed;
  @Inject TestDisk disk;
  @Inject Event<StorageChanged> storageChanged;
  Simulator odoo;

  @BeforeEach
  void begin() {
    scene.begin(odoo);
  }

  @AfterEach
  void makeRoom() {
    disk.fill(false);
  }

  private FeedClient listen() {
    var client = listen("");
    client.first();
    return client;
  }

  private FeedClient listen(String query) {
    return FeedClient.open(daemon, query);
  }

  private static boolean delivered(JsonNode status, int total) {
    return status.at("/queue/deliveredTotal").asInt() == total
        && status.at("/allDelivered").asBoolean();
  }

  @Test
  void theFirstEventIsTheStatusAsItIsAskedFor() {
    Till.customer(Map.of("name", "Ana"));

    try (var client = listen()) {
      var asked = FeedClient.json(given().get("/api/v1/status").asString());
      assertThat(client.first().path("type").asText()).isEqualTo("status");
      assertThat(client.first().at("/data/queue")).isEqualTo(asked.path("queue"));
      assertThat(client.first().at("/data/link")).isEqualTo(asked.path("link"));
    }
  }

  @Test
  void theWayOfACustomerIntoOdooIsTold() {
    try (var client = listen()) {
      var ref =
          Till.json(
                  Map.of(
                      "values", Map.of("name", "Ana Díaz"), "till", "till 1", "cashier", "Bruno"))
              .post("/api/v1/customers")
              .then()
              .statusCode(202)
              .extract()
              .<String>path("customer.ref");
      scene.drain();
      client.await("status", status -> delivered(status, 1));

      var operations = client.heard("operation").stream().map(event -> event.path("data")).toList();
      assertThat(operations)
          .extracting(operation -> operation.path("state").asText())
          .containsExactly("pending", "sending", "delivered");
      assertThat(operations)
          .allSatisfy(
              operation -> {
                assertThat(operation.path("kind").asText()).isEqualTo("create");
                assertThat(operation.at("/customer/ref").asText()).isEqualTo(ref);
                assertThat(operation.at("/customer/database").asText()).isEqualTo(odoo.database());
                assertThat(operation.path("till").asText()).isEqualTo("till 1");
                assertThat(operation.path("cashier").asText()).isEqualTo("Bruno");
              });
      assertThat(operations.getFirst().at("/customer/odooId").isNull()).isTrue();
      assertThat(operations.getLast().at("/customer/odooId").asLong()).isPositive();

      var customers = client.heard("customer").stream().map(event -> event.path("data")).toList();
      assertThat(customers)
          .extracting(customer -> customer.path("standing").asText())
          .containsExactly("waiting", "delivered");
      assertThat(customers.getLast().path("ref").asText()).isEqualTo(ref);
      assertThat(customers.getLast().path("database").asText()).isEqualTo(odoo.database());
      assertThat(customers.getLast().path("odooId"))
          .isEqualTo(operations.getLast().at("/customer/odooId"));
    }
  }

  @Test
  void aHeldOperationIsToldWithItsReasonAndWithoutWhatTheCashierTyped() {
    try (var client = listen()) {
      Till.customer(Map.of("name", "Secretname", "lang", "xx_XX", "email", "secret@example.com"));
      scene.drain();

      var held = client.await("operation", operation -> operation.hasNonNull("held"));
      assertThat(held.at("/data/held/reason").asText()).isEqualTo("rejected");
      assertThat(held.at("/data/held/field").asText()).isEqualTo("lang");
      client.await("customer", customer -> customer.path("standing").asText().equals("held"));
      client.await("status", status -> status.at("/queue/held").asInt() == 1);
      assertThat(client.heard().toString()).doesNotContainIgnoringCase("secret");
    }
  }

  @Test
  void aDiskThatTakesNothingMoreIsTold() {
    try (var client = listen()) {
      disk.fill(true);
      storageChanged.fire(new StorageChanged());

      client.await("status", status -> status.at("/storage/problem").asText().equals("disk-full"));
    }
  }

  @Test
  void theLinkAndTheModeAreTold() {
    try (var client = listen()) {
      odoo.fault(new Fault.Refuse());
      Till.customer(Map.of("name", "Ana"));
      scene.drain();
      client.await("status", status -> status.at("/link/cause").asText().equals("refused"));

      Till.json(Map.of("mode", "offline")).put("/api/v1/mode");
      client.await("status", status -> status.path("mode").asText().equals("offline"));
      Till.json(Map.of("mode", "online-only")).put("/api/v1/mode");
      client.await("status", status -> status.path("mode").asText().equals("online-only"));
    }
  }

  @Test
  void whoComesBackIsToldWhatWasMissed() {
    long place;
    try (var client = listen()) {
      Till.customer(Map.of("name", "Ana"));
      client.awaitCount(3);
      place = client.lastId();
    }
    Till.customer(Map.of("name", "Eva"));
    scene.drain();
    Till.customer(Map.of("name", "Bruno"));

    try (var client = listen("?after=" + place)) {
      assertThat(client.first().path("type").asText()).isEqualTo("status");
      assertThat(client.first().at("/data/queue/acceptedTotal").asInt()).isEqualTo(3);
      assertThat(client.first().path("id").asLong()).isEqualTo(place);
      client.awaitCount(1 + missed(place).size());
      assertThat(client.heard().subList(1, 1 + missed(place).size())).isEqualTo(missed(place));
      assertThat(client.heard("reset")).isEmpty();

      Till.customer(Map.of("name", "Greta"));
      client.await("status", status -> status.at("/queue/acceptedTotal").asInt() == 4);
      assertThat(client.operations())
          .extracting(operation -> operation.split(" ")[1])
          .endsWith("pending", "pending");
    }
  }

  /** What another listener who comes back to the same place is told. */
  private List<JsonNode> missed(long place) {
    try (var other = listen("?after=" + place)) {
      other.await("operation", operation -> operation.path("state").asText().equals("delivered"));
      other.await("customer", customer -> customer.path("standing").asText().equals("delivered"));
      return other.heard().stream()
          .filter(event -> !event.path("type").asText().equals("status"))
          .limit(9)
          .collect(Collectors.toList());
    }
  }

  @Test
  void whoComesBackToAPlaceThatIsNotKnownReadsAgain() {
    for (var place : new long[] {0, 1, Long.MAX_VALUE}) {
      try (var client = listen("?after=" + place)) {
        client.awaitCount(2);
        assertThat(client.heard())
            .extracting(event -> event.path("type").asText())
            .startsWith("status", "reset");
        assertThat(client.heard().getFirst().path("id"))
            .isEqualTo(client.heard().get(1).path("id"));
      }
    }
  }

  @Test
  void idsGrow() {
    try (var client = listen()) {
      for (var name : List.of("Ana", "Eva", "Bruno")) {
        Till.customer(Map.of("name", name));
        scene.drain();
      }
      client.await("status", status -> delivered(status, 3));

      var ids = client.heard().stream().map(event -> event.path("id").asLong()).toList();
      assertThat(ids).isSorted().doesNotHaveDuplicates();
      assertThat(ids.getLast()).isLessThan(1L << 53);
    }
  }

  @Test
  void aPingIsAnsweredAndAnythingElseIsSaidToBeWrong() {
    try (var client = listen()) {
      client.send("{\"type\": \"ping\"}");
      client.await("pong", data -> data.isEmpty());
      for (var nonsense : List.of("hello", "", "{}", "[1]", "{\"type\": 7}", "null")) {
        var before = client.heard("problem").size();
        client.send(nonsense);
        client.await("problem", data -> client.heard("problem").size() > before);
      }
      assertThat(client.heard("problem").getFirst().at("/data/type").asText())
          .isEqualTo("urn:tillkeeper:problem:invalid-request");

      Till.customer(Map.of("name", "Ana"));
      client.await("operation", operation -> operation.path("state").asText().equals("pending"));
    }
  }

  @Test
  void everyoneIsAskedForASignOfLife() {
    try (var client = listen()) {
      feed.beat();
      client.awaitPing();
    }
  }

  @Test
  void aMessageThatIsTooLargeEndsTheConnectionAndNoOther() {
    try (var other = listen();
        var client = listen()) {
      client.sendAnyway("x".repeat(100_000));
      client.awaitClose();

      Till.customer(Map.of("name", "Ana"));
      other.await("operation", operation -> operation.path("state").asText().equals("pending"));
    }
  }

  @Test
  void aPlaceThatIsNoIdIsAProblem() {
    for (var query :
        List.of("?after=yesterday", "?after=-1", "?after=1.5", "?after=99999999999999999999")) {
      given()
          .get("/api/v1/feed" + query)
          .then()
          .statusCode(400)
          .contentType("application/problem+json")
          .body("type", equalTo("urn:tillkeeper:problem:invalid-parameter"));
    }
  }

  @Test
  void aPageOfAnotherOriginHearsNothing() {
    given()
        .header("Origin", "https://evil.example")
        .header("Connection", "Upgrade")
        .header("Upgrade", "websocket")
        .header("Sec-WebSocket-Version", "13")
        .header("Sec-WebSocket-Key", "AQIDBAUGBwgJCgsMDQ4PEC==")
        .get("/api/v1/feed")
        .then()
        .statusCode(403)
        .body("type", equalTo("urn:tillkeeper:problem:origin-refused"));
  }

  @Test
  void whoComesWhenTheFeedIsFullIsToldToComeAgain() {
    full.fill();
    try (var client = listen("")) {
      assertThat(client.awaitClose()).isEqualTo(1013);
    } finally {
      full.leave();
    }
    listen().close();
  }

  @Test
  void theNumbersOfEachStatusAddUp() {
    try (var client = listen()) {
      LongStream.range(0, 30)
          .forEach(
              i -> {
                Till.customer(Map.of("name", "Ana " + i, "lang", i % 5 == 0 ? "xx_XX" : "en_US"));
                if (i % 4 == 0) {
                  scene.drain();
                }
              });
      scene.drain();
      client.await("status", status -> status.at("/queue/deliveredTotal").asInt() == 24);

      assertThat(client.heard("status"))
          .allSatisfy(
              status -> {
                var queue = status.at("/data/queue");
                assertThat(queue.path("acceptedTotal").asLong())
                    .isEqualTo(
                        queue.path("pending").asLong()
                            + queue.path("sending").asLong()
                            + queue.path("held").asLong()
                            + queue.path("deliveredTotal").asLong()
                            + queue.path("discardedTotal").asLong());
              });
    }
  }
}
