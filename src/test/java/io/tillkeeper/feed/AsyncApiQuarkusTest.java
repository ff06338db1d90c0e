package io.tillkeeper.feed;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tillkeeper.TestBox;
import io.tillkeeper.api.Till;
import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.sync.Scene;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The description of the feed is true of what a listener hears. */
@QuarkusTest
@WithTestResource(TestBox.class)
class AsyncApiQuarkusTest {

  @TestHTTPResource URI daemon;
  @Inject Scene scene;
  Simulator odoo;

  @BeforeEach
  void begin() {
    scene.begin(odoo);
  }

  private static ObjectNode description() {
    var yaml = given().get("/asyncapi.yaml").then().statusCode(200).extract().asString();
    return new ObjectMapper().valueToTree(new Yaml().<Map<String, Object>>load(yaml));
  }

  private static Set<ValidationMessage> complaints(ObjectNode document, JsonNode message) {
    var type = message.path("type").asText();
    var payload = document.at("/components/messages/%s/payload/$ref".formatted(type)).asText();
    assertThat(payload).as(type).isNotEmpty();
    return JsonSchemaFactory.getInstance(VersionFlag.V202012)
        .getSchema(document.deepCopy().put("$ref", payload))
        .validate(message);
  }

  @Test
  void everyKindOfMessageIsAsItIsDescribed() {
    var document = description();
    try (var client = FeedClient.open(daemon, "?after=1")) {
      client.send("{\"type\": \"ping\"}");
      client.send("hello");
      Till.json(Map.of("values", Map.of("name", "Ana"), "till", "1", "cashier", "Eva"))
          .post("/api/v1/customers");
      Till.customer(Map.of("name", "Bruno", "lang", "xx_XX"));
      scene.drain();
      odoo.fault(new Fault.Refuse());
      Till.customer(Map.of("name", "Greta"));
      scene.drain();
      client.await("operation", operation -> operation.hasNonNull("held"));
      client.await("problem", problem -> true);
      client.await("pong", pong -> true);
      client.await("status", status -> !status.at("/link/state").asText().equals("up"));

      assertThat(client.heard())
          .allSatisfy(
              message -> assertThat(complaints(document, message)).as("%s", message).isEmpty());
      assertThat(
              client.heard().stream()
                  .map(message -> message.path("type").asText())
                  .collect(Collectors.toSet()))
          .containsExactlyInAnyOrder("status", "reset", "operation", "customer", "problem", "pong");
    }
  }

  /** Or the test above would prove nothing. */
  @Test
  void aMessageThatIsNotAsItIsDescribedIsNoticed() {
    var document = description();
    try (var client = FeedClient.open(daemon, "")) {
      var status = (ObjectNode) client.first();
      assertThat(complaints(document, status)).isEmpty();

      assertThat(complaints(document, status.deepCopy().put("undescribed", 1))).hasSize(1);
      var mode = status.deepCopy();
      ((ObjectNode) mode.get("data")).put("mode", "sometimes");
      assertThat(complaints(document, mode)).hasSize(1);
      var link = status.deepCopy();
      ((ObjectNode) link.at("/data/link")).remove(List.of("state"));
      assertThat(complaints(document, link)).hasSize(1);
    }
  }
}
