package io.tillkeeper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A request as the API's own description has it, with something wrong in it, in whole HTTP: it must
 * be answered, once.
 *
 * @param call the method that it has, and the path as the description writes it
 * @param hasBody whether the answer to it has one
 */
record HostileRequest(String call, byte[] bytes, boolean hasBody) {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String CANARY = HostileJson.CANARY;
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "OPTIONS", "TRACE", "DELETE", "PROPFIND", "get", "M-SEARCH");

  /** As they stand in an address. */
  private static final List<String> ADDRESSED =
      List.of(
          "1",
          "0",
          "-1",
          "9223372036854775807",
          "9223372036854775808",
          "1e3",
          "%31",
          "%zz",
          "%",
          "%00",
          "%0d%0a" + CANARY,
          "%c0%af",
          "%ed%a0%80",
          "%ff",
          "%E2%80%AE" + CANARY,
          "..",
          "..%2f..%2fetc%2fpasswd",
          "%2e%2e%2f",
          "a;b=c",
          "a+b",
          "odoo:1",
          "odoo:-1",
          "odoo:0",
          "odoo:99999999999999999999",
          "11111111-2222-4333-8444-555555555555",
          "00000000-0000-0000-0000-000000000000",
          "1-1-1-1-1",
          "\u00e9",
          "%F0%9F%98%80",
          "%25%25",
          "'%20OR%201=1",
          "a".repeat(201),
          CANARY);

  private static final List<String> HEADERS =
      List.of(
          "Accept: text/html",
          "Accept: ;q=x",
          "Accept: */*;q=0",
          "Accept: application/json;q=" + CANARY,
          "Accept: " + "a/b,".repeat(500) + "*/*",
          "Accept-Charset: utf-16",
          "Accept-Encoding: gzip;q=" + CANARY,
          "Accept-Language: " + CANARY,
          "Content-Type: text/plain",
          "Content-Type: ;;;",
          "Content-Type: application/json; charset=" + CANARY,
          "Content-Type: application/json; charset=utf-16",
          "Content-Type: multipart/form-data; boundary=" + CANARY,
          "Content-Type: application/x-www-form-urlencoded",
          "Content-Encoding: gzip",
          "Content-Encoding: " + CANARY,
          "Content-Language: \u00ff",
          "Expect: 100-continue",
          "Expect: " + CANARY,
          "Range: bytes=0-0,-1",
          "If-None-Match: *",
          "If-Modified-Since: " + CANARY,
          "Origin: https://evil.example",
          "Origin: null",
          "Origin: " + CANARY,
          "Host: evil.example",
          "Host: localhost:99999999",
          "X-Forwarded-Host: evil.example",
          "X-Forwarded-For: " + CANARY,
          "Forwarded: for=" + CANARY + ";host=evil.example;proto=https",
          "X-HTTP-Method-Override: DELETE",
          "Cookie: " + "a=" + CANARY + "; ".repeat(200),
          "Authorization: Basic !!!" + CANARY,
          "Authorization: Bearer " + "x".repeat(4_000),
          "Idempotency-Key: ",
          "Idempotency-Key: " + CANARY,
          "Idempotency-Key: " + "k".repeat(256),
          "Idempotency-Key: \u00ff\u0080",
          "Idempotency-Key: same",
          "Upgrade: " + CANARY,
          "Sec-WebSocket-Key: " + CANARY,
          "traceparent: 00-" + CANARY,
          "X-" + "y".repeat(300) + ": 1",
          "Via: 1.1 " + CANARY,
          "TE: trailers",
          "Priority: u=99",
          "Access-Control-Request-Method: " + CANARY,
          "Last-Event-ID: " + CANARY);

  /** Makes them from a description of the API. */
  static final class Maker {

    private record Call(String method, String path, JsonNode description) {}

    private final JsonNode api;
    private final List<Call> calls = new ArrayList<>();

    Maker(JsonNode api) {
      this.api = api;
      api.get("paths")
          .properties()
          .forEach(
              path ->
                  path.getValue()
                      .properties()
                      .forEach(
                          method ->
                              calls.add(
                                  new Call(
                                      method.getKey().toUpperCase(Locale.ROOT),
                                      path.getKey(),
                                      method.getValue()))));
    }

    /**
     * @param shown header lines by which the caller says who it is
     */
    HostileRequest make(Random random, String host, List<String> shown) {
      return new Making(api, random, new HostileJson(random)).request(calls, host, shown);
    }
  }

  private record Making(JsonNode api, Random random, HostileJson hostile) {

    HostileRequest request(List<Maker.Call> calls, String host, List<String> shown) {
      var bodies = calls.stream().filter(call -> call.description().has("requestBody")).toList();
      var call = hostile.one(hostile.chance(60) ? bodies : calls);
      // a backup is a file each time
      if (call.path().endsWith("/backups") && !hostile.chance(5)) {
        call = hostile.one(bodies);
      }
      var method = hostile.chance(95) ? call.method() : hostile.one(METHODS);
      var headers = headers(host);
      headers.addAll(shown);
      var body = body(call, headers);
      var chunked = hostile.chance(20);
      headers.add(chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length);
      var head =
          "%s %s HTTP/1.1\r\n%s\r\n\r\n"
              .formatted(method, target(call), String.join("\r\n", headers));
      var bytes = new ByteArrayOutputStream();
      bytes.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
      bytes.writeBytes(chunked ? chunks(body) : body);
      return new HostileRequest(
          method + " " + call.path(), bytes.toByteArray(), !method.equals("HEAD"));
    }

    private String target(Maker.Call call) {
      var path = new StringBuilder();
      for (var part : call.path().substring(1).split("/")) {
        path.append('/').append(part.startsWith("{") ? hostile.one(ADDRESSED) : part);
      }
      var separator = '?';
      for (var parameter : call.description().path("parameters")) {
        if (parameter.path("in").asText().equals("query") && hostile.chance(70)) {
          path.append(separator).append(parameter.path("name").asText()).append('=');
          path.append(queried(parameter.path("schema")));
          separator = '&';
        }
      }
      if (hostile.chance(5)) {
        path.append(
            hostile.one(
                List.of(
                    "/",
                    "//",
                    "?" + CANARY,
                    "?&&==",
                    "#" + CANARY,
                    ";x",
                    "%3Bx",
                    "%2F..",
                    "%5C..",
                    "/..")));
      }
      return path.toString();
    }

    private String queried(JsonNode schema) {
      var fitting = schema.path("enum");
      return fitting.isArray() && hostile.chance(50)
          ? fitting.get(random.nextInt(fitting.size())).asText()
          : hostile.one(ADDRESSED);
    }

    private List<String> headers(String host) {
      var headers = new ArrayList<String>();
      for (var i = hostile.chance(40) ? 1 + random.nextInt(3) : 0; i > 0; i--) {
        headers.add(hostile.one(HEADERS));
      }
      if (headers.stream().noneMatch(line -> line.startsWith("Host:"))) {
        headers.add("Host: " + host);
      }
      return headers;
    }

    private byte[] body(Maker.Call call, List<String> headers) {
      var described =
          call.description().path("requestBody").path("content").path("application/json");
      if (described.isMissingNode()) {
        return hostile.chance(10) ? hostile.text().getBytes(StandardCharsets.UTF_8) : new byte[0];
      }
      if (headers.stream().noneMatch(line -> line.startsWith("Content-Type:"))) {
        headers.add("Content-Type: application/json");
      }
      var sample = sample(described);
      return switch (random.nextInt(24)) {
        case 0 -> new byte[0];
        case 1 -> ("\ufeff" + sample).getBytes(StandardCharsets.UTF_8);
        case 2 -> sample.toString().getBytes(StandardCharsets.UTF_16);
        case 3 -> sample.toString().getBytes(Charset.forName("UTF-32LE"));
        case 4 -> flipped(sample.toString().getBytes(StandardCharsets.UTF_8));
        case 5 ->
            ("{\"values\":{\"name\":\"" + "x".repeat(random.nextInt(1_200_000)) + "\"}}")
                .getBytes(StandardCharsets.UTF_8);
        case 6, 7 -> sample.toString().getBytes(StandardCharsets.UTF_8);
        default -> hostile.mutated(sample).getBytes(StandardCharsets.UTF_8);
      };
    }

    private byte[] flipped(byte[] bytes) {
      for (var i = 1 + random.nextInt(5); i > 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      return bytes;
    }

    /** What the call would take. */
    private JsonNode sample(JsonNode described) {
      for (var example : described.path("examples")) {
        return example.get("value").deepCopy();
      }
      return sampleOf(described.path("schema"));
    }

    private JsonNode sampleOf(JsonNode schema) {
      if (schema.has("$ref")) {
        return sampleOf(api.at(schema.get("$ref").asText().substring(1)));
      }
      if (schema.path("examples").isArray()) {
        return schema.at("/examples/0").deepCopy();
      }
      if (schema.has("enum")) {
        return schema.at("/enum/0");
      }
      if (schema.has("properties")) {
        var object = NODES.objectNode();
        schema
            .get("properties")
            .properties()
            .forEach(
                property -> {
                  if (hostile.chance(80)) {
                    object.set(property.getKey(), sampleOf(property.getValue()));
                  }
                });
        return object;
      }
      var type = schema.path("type").toString();
      if (type.contains("integer")) {
        return NODES.numberNode(1 + random.nextInt(3));
      }
      if (type.contains("boolean")) {
        return NODES.booleanNode(random.nextBoolean());
      }
      if (type.contains("object")) {
        return NODES.objectNode().put("name", "Ana " + CANARY).put("phone", "612 34 56 78");
      }
      return NODES.textNode(
          schema.path("format").asText().equals("uuid")
              ? new java.util.UUID(random.nextLong(), random.nextLong()).toString()
              : "Eva");
    }

    private byte[] chunks(byte[] body) {
      var bytes = new ByteArrayOutputStream();
      for (var at = 0; at < body.length; ) {
        var size =
            Math.min(body.length - at, 1 + random.nextInt(body.length > 5_000 ? 60_000 : 40));
        var extension = hostile.chance(10) ? ";" + CANARY + "=\"x\"" : "";
        bytes.writeBytes(
            (Integer.toHexString(size) + extension + "\r\n").getBytes(StandardCharsets.US_ASCII));
        bytes.write(body, at, size);
        bytes.writeBytes(new byte[] {'\r', '\n'});
        at += size;
      }
      bytes.writeBytes(
          (hostile.chance(10) ? "0\r\nX-Trailer: " + CANARY + "\r\n\r\n" : "0\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      return bytes.toByteArray();
    }
  }
}
