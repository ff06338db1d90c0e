package io.tillkeeper.api;

import static io.restassured.RestAssured.given;
import static io.tillkeeper.api.Till.CUSTOMERS;
import static io.tillkeeper.api.Till.OPERATIONS;
import static io.tillkeeper.api.Till.STATUS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.tillkeeper.TestBox;
import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.sync.Scene;
import io.tillkeeper.sync.TestStaging;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The description of the API can be read by machines, and is true. */
@QuarkusTest
@WithTestResource(TestBox.class)
class OpenApiQuarkusTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Path MADE = Path.of("target", "openapi.json");
  private static final Path KEPT = Path.of("src", "main", "resources", "openapi.json");

  @Inject Scene scene;
  @Inject TestStaging staging;
  Simulator odoo;

  @BeforeEach
  void begin() {
    scene.begin(odoo);
  }

  @AfterEach
  void leaveTheBoxAsItWas() {
    staging.set(false);
  }

  private static String description() {
    return given()
        .accept(ContentType.JSON)
        .get("/q/openapi")
        .then()
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .extract()
        .asString();
  }

  private static OpenAPI parsed() {
    var options = new ParseOptions();
    options.setOaiAuthor(true);
    var result = new OpenAPIV3Parser().readContents(description(), List.of(), options);
    assertThat(result.getMessages()).isEmpty();
    return result.getOpenAPI();
  }

  /** Where it is not so, a person looks at what has changed and puts the new one there. */
  @Test
  void theProductHasTheOneThatIsMadeOfTheCode() throws IOException {
    var made = given().accept(ContentType.JSON).get("/q/made").asString();
    Files.writeString(MADE, made);

    assertThat(description()).as("cp %s %s", MADE, KEPT).isEqualTo(made);
  }

  @Test
  void itIsReadWithoutComplaint() {
    assertThat(parsed().getSpecVersion()).isEqualTo(SpecVersion.V31);
    assertThat(parsed().getPaths())
        .containsOnlyKeys(
            "/api/v1/audit",
            "/api/v1/audit/verification",
            "/api/v1/backups",
            "/api/v1/customers",
            "/api/v1/customers/search",
            "/api/v1/customers/{ref}",
            "/api/v1/erasures",
            "/api/v1/exports",
            "/api/v1/imports",
            "/api/v1/operations",
            "/api/v1/operations/{id}",
            "/api/v1/operations/{id}/retry",
            "/api/v1/operations/{id}/resolve",
            "/api/v1/operations/{id}/discard",
            "/api/v1/operations/retry",
            "/api/v1/pairings",
            "/api/v1/rehearsals",
            "/api/v1/rehearsals/{id}",
            "/api/v1/rehearsals/{id}/report",
            "/api/v1/rpc",
            "/api/v1/history",
            "/api/v1/status",
            "/api/v1/mode",
            "/api/v1/sync",
            "/api/v1/tokens",
            "/api/v1/tokens/{id}/revoke",
            "/api/v1/reload");
  }

  @Test
  void everyCallHasANameOfItsOwnAndSaysWhatItDoes() {
    var calls =
        parsed().getPaths().values().stream()
            .flatMap(path -> path.readOperations().stream())
            .toList();

    assertThat(calls)
        .allSatisfy(
            call -> {
              assertThat(call.getOperationId()).isNotBlank();
              assertThat(call.getSummary()).isNotBlank();
              assertThat(call.getTags()).isNotEmpty();
              assertThat(call.getResponses().get("default").getContent())
                  .containsOnlyKeys(Problem.MEDIA_TYPE);
            });
    assertThat(calls.stream().map(Operation::getOperationId)).doesNotHaveDuplicates();
  }

  @Test
  void whatMustBeGivenIsSaid() throws JsonProcessingException {
    var schemas = JSON.readTree(description()).at("/components/schemas");

    assertThat(schemas.at("/NewCustomer/required").toString()).isEqualTo("[\"values\"]");
    assertThat(schemas.at("/CustomerUpdate/required").toString()).isEqualTo("[\"values\"]");
    assertThat(schemas.at("/ModeChange/required").toString()).isEqualTo("[\"mode\"]");
  }

  /** An enumeration without it allows no null, whatever the type says. */
  @Test
  void whatMayBeNullHasNoEnumeration() throws JsonProcessingException {
    assertThat(JSON.readTree(description()).findParents("enum"))
        .noneMatch(schema -> schema.path("type").toString().contains("null"));
  }

  @Test
  void everyAnswerIsAsItIsDescribed() throws JsonProcessingException {
    var ref = Till.newRef();
    var receipt =
        Till.json(
                Map.of(
                    "ref",
                    ref,
                    "values",
                    Map.of("name", "Ana", "color", 3, "credit_limit", 1.5),
                    "till",
                    "1"))
            .post(CUSTOMERS);
    assertDescribed("Receipt", receipt, 202);
    assertDescribed("Operation", given().get(receipt.header("Location")), 200);
    assertDescribed("Customer", given().get(CUSTOMERS + "/" + ref), 200);
    assertDescribed("CustomerList", given().queryParam("query", "ana").get(CUSTOMERS), 200);
    scene.drain();
    assertDescribed("Operation", given().get(receipt.header("Location")), 200);
    assertDescribed(
        "Receipt",
        Till.json(Map.of("values", Map.of("lang", "xx_XX"), "base", Map.of("lang", false)))
            .patch(CUSTOMERS + "/" + ref),
        202);
    scene.drain();
    assertDescribed("OperationPage", given().queryParam("state", "held").get(OPERATIONS), 200);
    assertDescribed("RpcResult", rpc("{\"name\": \"Ana\"}"), 200);
    assertDescribed("RpcFailure", rpc("{\"name\": \"\"}"), 200);
    assertDescribed("RpcFailure", rpc("7"), 200);
    assertDescribed("OperationPage", given().queryParam("limit", "1").get(OPERATIONS), 200);
    assertDescribed("Customer", given().get(CUSTOMERS + "/" + ref), 200);
    assertDescribed("Status", given().get(STATUS), 200);
    assertDescribed("History", given().get("/api/v1/history"), 200);
    assertDescribed("RehearsalList", given().get(Till.REHEARSALS), 200);
    odoo.fault(new Fault.Refuse());
    Till.customer(Map.of("name", "Eva"));
    scene.drain();
    assertDescribed("Status", given().get(STATUS), 200);
    assertDescribed("OperationPage", given().get(OPERATIONS), 200);
    assertDescribed("Status", given().post("/api/v1/sync"), 202);
    assertDescribed("Status", given().post("/api/v1/reload"), 202);
    assertDescribed("Status", Till.mode("offline"), 200);
    assertDescribed("Status", Till.mode("auto"), 200);
    assertDescribed("Problem", Till.create(Map.of("name", "")), 422);
    assertDescribed("Problem", given().get("/api/v1/nothing"), 404);
  }

  @Test
  void whatAPersonDecidesIsAsItIsDescribed() throws JsonProcessingException {
    var ref = Till.customer(Map.of("name", "Ana"));
    scene.drain();
    odoo.edit(odoo.partnersNamed("Ana").getLast().id(), Map.of("name", "Anna"));
    var change = Till.update(ref, Map.of("name", "Ana María")).header("Location");
    scene.drain();

    assertDescribed("Operation", decide(change, "retry", Map.of()), 200);
    scene.drain();
    assertDescribed("Operation", decide(change, "resolve", Map.of("name", "mine")), 200);
    scene.drain();
    assertDescribed("Operation", given().get(change), 200);
  }

  private static Response decide(String operation, String decision, Map<String, String> fields) {
    var body = fields.isEmpty() ? Map.of("by", "Zoë") : Map.of("by", "Zoë", "fields", fields);
    return Till.json(body).post(operation + "/" + decision);
  }

  @Test
  void aRehearsalIsAsItIsDescribedFromItsBeginningToItsEnd() throws JsonProcessingException {
    staging.set(true);
    var begun = Till.json(Map.of("customers", 3, "offlineSeconds", 0)).post(Till.REHEARSALS);
    assertDescribed("Rehearsal", begun, 202);
    scene.rehearse();
    assertDescribed("Rehearsal", given().get(begun.header("Location")), 200);
    scene.drain();
    scene.rehearse();
    assertDescribed("Rehearsal", given().get(begun.header("Location")), 200);
    assertDescribed("RehearsalList", given().get(Till.REHEARSALS), 200);
  }

  private static Response rpc(String values) {
    return Till.json(
            """
            {"jsonrpc": "2.0", "method": "call", "id": 1,
             "params": {"model": "res.partner", "method": "create", "args": [%s], "kwargs": {}}}"""
                .formatted(values))
        .post("/api/v1/rpc");
  }

  /** Or the test above would prove nothing. */
  @Test
  void anAnswerThatIsNotAsItIsDescribedIsNoticed() throws JsonProcessingException {
    var status = (ObjectNode) JSON.readTree(given().get(STATUS).asString());
    assertThat(complaints("Status", status)).isEmpty();

    assertThat(complaints("Status", status.deepCopy().put("mode", "sometimes"))).hasSize(1);
    assertThat(complaints("Status", status.deepCopy().put("undescribed", 1))).hasSize(1);
    var queue = status.deepCopy();
    ((ObjectNode) queue.get("queue")).put("pending", "many");
    assertThat(complaints("Status", queue)).hasSize(1);
  }

  private static void assertDescribed(String schema, Response answer, int status)
      throws JsonProcessingException {
    assertThat(answer.statusCode()).isEqualTo(status);
    var body = JSON.readTree(answer.asString());
    assertThat(complaints(schema, body)).as("%s: %s", schema, body).isEmpty();
  }

  private static Set<ValidationMessage> complaints(String schema, JsonNode body)
      throws JsonProcessingException {
    return JsonSchemaFactory.getInstance(VersionFlag.V202012)
        .getSchema(closed(schema))
        .validate(body);
  }

  /** The schema, which allows nothing but what it names. */
  private static JsonNode closed(String schema) throws JsonProcessingException {
    var document = (ObjectNode) JSON.readTree(description());
    document
        .at("/components/schemas")
        .forEach(
            each -> {
              if (each.has("properties")) {
                ((ObjectNode) each).put("additionalProperties", false);
              }
            });
    document.put("$ref", "#/components/schemas/" + schema);
    return document;
  }
}
