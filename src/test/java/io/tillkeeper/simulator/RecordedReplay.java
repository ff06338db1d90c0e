package io.tillkeeper.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Sends one recorded request again: brings the simulator into the state that the request met, and
 * puts the ids of this simulator in the place of the recorded ones.
 */
final class RecordedReplay {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Set<String> SET_BY_CLIENT = Set.of("host", "content-length", "connection");
  private static final int UNKNOWN_UID = 99999;

  private final Simulator simulator;
  private final RecordedExchange recorded;

  RecordedReplay(Simulator simulator, RecordedExchange recorded) {
    this.simulator = simulator;
    this.recorded = recorded;
  }

  HttpResponse<String> run() throws Exception {
    String body = prepare();
    if (recorded.number() == 180) {
      return lose(body);
    }
    return send(body).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Two equal calls overlap; this is the answer of the one that commits second. */
  private HttpResponse<String> lose(String body) throws Exception {
    simulator.fault(new Fault.HangBeforeCommit(true), 1);
    CompletableFuture<HttpResponse<String>> loser = send(body);
    simulator.awaitHeld(1, PATIENCE);
    send(body).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    simulator.release();
    return loser.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private CompletableFuture<HttpResponse<String>> send(String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(simulator.url() + recorded.path()));
    for (JsonNode header : recorded.headers()) {
      if (!SET_BY_CLIENT.contains(header.get(0).asText().toLowerCase(Locale.ROOT))) {
        request.header(header.get(0).asText(), header.get(1).asText());
      }
    }
    if (recorded.number() == 290) {
      request.header("Authorization", "bearer " + simulator.apiKey());
    }
    return CLIENT.sendAsync(
        request.method(recorded.method(), HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Makes the state, and returns the body that goes with it. */
  private String prepare() throws Exception {
    if (recorded.number() == 290) {
      return writeThatLoses();
    }
    prepareServer();
    if (!recorded.json().isObject() || recorded.body().isEmpty()) {
      return recorded.body();
    }
    ObjectNode json = recorded.json().deepCopy();
    mapUid(json);
    prepareRights();
    preparePartner(json);
    prepareExternalId(json);
    return json.toString();
  }

  /** The request was abbreviated when it was recorded, so another one stands in for it. */
  private String writeThatLoses() {
    long id = simulator.create(Map.of("name", "Contended")).id();
    simulator.fault(new Fault.Conflict("could not serialize access due to concurrent update\n"));
    ObjectNode json2 = Json.object();
    json2.putArray("ids").add(id);
    json2.putObject("vals").put("city", "Lyon");
    if (recorded.isJson2()) {
      return json2.toString();
    }
    ArrayNode args = Json.array().add(simulator.database()).add(BackOffice.UID);
    args.add(simulator.apiKey()).add("res.partner").add("write");
    args.addArray().add(json2.get("ids")).add(json2.get("vals"));
    ObjectNode rpc = Json.object().put("jsonrpc", "2.0").put("method", "call").put("id", 1);
    rpc.putObject("params").put("service", "object").put("method", "execute_kw").set("args", args);
    return rpc.toString();
  }

  private static void mapUid(ObjectNode json) {
    if (json.at("/params/args/1").isInt() && json.at("/params/args/1").asInt() != UNKNOWN_UID) {
      ((ArrayNode) json.at("/params/args")).set(1, BackOffice.UID);
    }
  }

  private void prepareRights() {
    switch (recorded.number()) {
      case 73, 114, 115 -> simulator.revoke(Right.CREATE);
      case 74 -> simulator.revoke(Right.WRITE);
      case 75 -> simulator.revoke(Right.UNLINK);
      default -> {}
    }
    if (recorded.file().endsWith("as-admin")) {
      simulator.grant(Right.ACCOUNTING);
    }
  }

  private void prepareServer() {
    switch (recorded.number()) {
      case 256 -> simulator.fault(new Fault.WrongKey());
      case 260 -> simulator.fault(new Fault.DatabaseDown());
      default -> {}
    }
  }

  /** The partner that the request names by its database id. */
  private void preparePartner(ObjectNode json) {
    int number = recorded.number();
    if (number == 79) {
      String barcode = json.findValue("barcode").asText();
      simulator.create(Map.of("name", "First", "barcode", barcode));
    }
    boolean named = (number >= 52 && number <= 55) || (number >= 66 && number <= 69);
    named |= (number >= 73 && number <= 77) || (number >= 82 && number <= 89);
    if (named || number == 118 || number == 241 || number == 251) {
      Partner partner =
          simulator.create(
              Map.of(
                  "name",
                  "Café",
                  "email",
                  "Info@Cafe.example",
                  "phone",
                  "+33123456789",
                  "is_company",
                  true,
                  "comment",
                  "<p>hello</p>",
                  "ref",
                  "R-1",
                  "lang",
                  "en_US"));
      switch (number) {
        case 83, 84 -> simulator.archive(partner.id());
        case 86, 87, 88, 89 -> simulator.delete(partner.id());
        default -> {}
      }
      replaceId(json, recordedId(json), partner.id());
    }
  }

  /** The number by which the recorded request names its partner. */
  private String recordedId(ObjectNode json) {
    JsonNode args = recorded.isJson2() ? json : json.at("/params/args/5");
    List<String> places =
        recorded.isJson2()
            ? List.of("/ids/0", "/domain/0/2", "/data/0/2", "/data/0/0")
            : List.of("/0/0/2", "/1/0/2", "/1/0/1", "/1/0/0", "/0/0");
    if (recorded.number() == 251) {
      return args.at(recorded.isJson2() ? "/data/0/1" : "/1/0/1").asText();
    }
    return places.stream()
        .map(place -> args.at(place).asText())
        .filter(text -> text.matches("[0-9]+"))
        .findFirst()
        .orElse("none");
  }

  private static void replaceId(JsonNode json, String recordedId, long id) {
    if (json instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (array.get(i).isInt() && array.get(i).asText().equals(recordedId)) {
          array.set(i, id);
        } else if (array.get(i).isTextual() && array.get(i).asText().equals(recordedId)) {
          array.set(i, Long.toString(id));
        }
      }
    }
    json.forEach(child -> replaceId(child, recordedId, id));
  }

  /** The partner that the request names by its external id. */
  private void prepareExternalId(ObjectNode json) throws Exception {
    JsonNode rows = recorded.isJson2() ? json.path("data") : json.at("/params/args/5/1");
    switch (recorded.number()) {
      case 101, 102, 103, 122, 251 -> load(rows.at("/0/0").asText(), false);
      case 141, 142, 143, 144, 145, 146, 148 -> load(rows.at("/0/0").asText(), true);
      case 121 -> simulator.delete(load(rows.at("/0/0").asText(), false).id());
      case 149 -> {
        JsonNode args = json.at("/params/args/5");
        String module = recorded.isJson2() ? json.path("module").asText() : args.at("/0").asText();
        String name = recorded.isJson2() ? json.path("xml_id").asText() : args.at("/1").asText();
        load(module + "." + name, true);
      }
      default -> {}
    }
    if (recorded.number() == 122) {
      simulator.archive(simulator.partners().getFirst().id());
    }
  }

  private Partner load(String externalId, boolean createIfAbsent) throws Exception {
    new SimulatorClient(simulator)
        .load(
            List.of("id", "name", "city"),
            List.of(List.of(externalId, "Prepared", "Paris")),
            createIfAbsent);
    return simulator.partnersNamed("Prepared").getFirst();
  }
}
