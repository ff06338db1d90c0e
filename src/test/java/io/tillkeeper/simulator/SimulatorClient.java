package io.tillkeeper.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A client of Odoo, as plain as can be: every call by JSON-RPC, which all versions have. */
final class SimulatorClient {

  static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Simulator simulator;
  private final HttpClient http = HttpClient.newHttpClient();

  SimulatorClient(Simulator simulator) {
    this.simulator = simulator;
  }

  /** The result of a {@code load}. */
  JsonNode load(List<String> fields, List<List<?>> rows, boolean createIfAbsent) throws Exception {
    return get(loadLater(fields, rows, createIfAbsent)).path("result");
  }

  CompletableFuture<JsonNode> loadLater(
      List<String> fields, List<List<?>> rows, boolean createIfAbsent) {
    Map<String, ?> context = createIfAbsent ? Map.of("mode", "update", "noupdate", true) : Map.of();
    return callLater("load", List.of(fields, rows), Map.of("context", context));
  }

  /** The whole answer to a call on {@code res.partner}. */
  JsonNode call(String method, Object... args) throws Exception {
    return get(callLater(method, List.of(args), Map.of()));
  }

  CompletableFuture<JsonNode> callLater(String method, List<?> args, Map<String, ?> named) {
    return post("/jsonrpc", envelope("res.partner", method, args, named), Map.of())
        .thenApply(answer -> parse(answer.body()));
  }

  Map<String, ?> envelope(String model, String method, List<?> args, Map<String, ?> named) {
    List<?> all =
        List.of(
            simulator.database(), BackOffice.UID, simulator.apiKey(), model, method, args, named);
    return Map.of(
        "jsonrpc",
        "2.0",
        "id",
        1,
        "method",
        "call",
        "params",
        Map.of("service", "object", "method", "execute_kw", "args", all));
  }

  HttpResponse<String> json2(String model, String method, Map<String, ?> arguments)
      throws Exception {
    return get(
        post(
            "/json/2/" + model + "/" + method,
            arguments,
            Map.of("Authorization", "bearer " + simulator.apiKey())));
  }

  HttpResponse<String> get(String path) throws Exception {
    return get(send(request(simulator.url(), path).GET().build()));
  }

  HttpResponse<String> control(String method, String path, String body) throws Exception {
    return get(
        send(
            request(simulator.controlUrl(), path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build()));
  }

  CompletableFuture<HttpResponse<String>> post(
      String path, Map<String, ?> body, Map<String, String> headers) {
    HttpRequest.Builder request =
        request(simulator.url(), path).header("Content-Type", "application/json");
    headers.forEach(request::header);
    return send(request.POST(HttpRequest.BodyPublishers.ofString(text(body))).build());
  }

  CompletableFuture<HttpResponse<String>> send(HttpRequest request) {
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  static HttpRequest.Builder request(URI base, String path) {
    return HttpRequest.newBuilder(base.resolve(path));
  }

  static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  static JsonNode parse(String body) {
    try {
      return MAPPER.readTree(body);
    } catch (JsonProcessingException notJson) {
      throw new AssertionError(body, notJson);
    }
  }

  private static String text(Object body) {
    try {
      return MAPPER.writeValueAsString(body);
    } catch (JsonProcessingException bug) {
      throw new AssertionError(bug);
    }
  }
}
