package io.tillkeeper.api;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.specification.RequestSpecification;
import io.tillkeeper.access.BoxToken;
import io.tillkeeper.storage.StorageConfig;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;

/** A box that wants to know who calls, as its command line sees it: lets pages in, and looks. */
@Singleton
class PairedBox {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final StorageConfig storage;

  PairedBox(StorageConfig storage) {
    this.storage = storage;
  }

  /** The command line's own token. */
  String token() throws IOException {
    return Files.readString(storage.directory().resolve(BoxToken.FILE)).strip();
  }

  RequestSpecification call() throws IOException {
    return given().header("Authorization", "Bearer " + token());
  }

  RequestSpecification json(Object body) throws IOException {
    return call().contentType("application/json").body(body);
  }

  /** Has somebody pair the pages of an origin, and returns their token. */
  String pair(String origin, String scope) throws IOException {
    String code =
        json(Map.of("by", "Zoë", "scope", scope, "holder", origin, "name", "Till 1"))
            .post("/api/v1/pairings")
            .then()
            .statusCode(201)
            .extract()
            .path("code");
    return given()
        .header("Authorization", "Pairing " + code)
        .header("Origin", origin)
        .post("/api/v1/tokens")
        .then()
        .statusCode(201)
        .extract()
        .path("token");
  }

  /**
   * All that a call could change, by where it is read: the mode, the numbers, the operations and
   * customers with their states, who may call, what people decided, and the copies that were made.
   */
  Map<String, JsonNode> state() throws IOException {
    var state = new TreeMap<String, JsonNode>();
    for (var path :
        new String[] {
          "/api/v1/operations?limit=500",
          "/api/v1/exports?limit=500",
          "/api/v1/audit?limit=500",
          "/api/v1/audit/verification",
          "/api/v1/rehearsals",
          "/api/v1/tokens",
          "/api/v1/status"
        }) {
      state.put(path, JSON.readTree(call().get(path).then().statusCode(200).extract().asString()));
    }
    // when a token was last used, and how the line is, is told of every call
    state.get("/api/v1/tokens").findParents("lastUsedAt").forEach(PairedBox::forgetUse);
    ((ObjectNode) state.get("/api/v1/status")).retain("mode", "queue");
    state.put("copies", JSON.valueToTree(copies()));
    return state;
  }

  private static void forgetUse(JsonNode token) {
    ((ObjectNode) token).remove("lastUsedAt");
  }

  private Object copies() throws IOException {
    var directory = storage.directory().resolve("backups");
    if (!Files.exists(directory)) {
      return new String[0];
    }
    try (var files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("queue-"))
          .sorted()
          .toArray();
    }
  }
}
