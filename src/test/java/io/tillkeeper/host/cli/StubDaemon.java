package io.tillkeeper.host.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers in the place of the daemon, over a real socket, and remembers what it was asked. */
final class StubDaemon implements AutoCloseable {

  private record Answer(int status, String type, String body) {}

  private final HttpServer server;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> credentials = new CopyOnWriteArrayList<>();

  StubDaemon() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  StubDaemon json(String request, String body) {
    return answer(request, 200, "application/json;charset=UTF-8", body);
  }

  StubDaemon problem(String request, int status, String detail) {
    var body = "{\"type\":\"urn:tillkeeper:problem:any\",\"detail\":\"%s\"}".formatted(detail);
    return answer(request, status, "application/problem+json", body);
  }

  /**
   * @param request method and path, with the query
   */
  StubDaemon answer(String request, int status, String type, String body) {
    answers.put(request, new Answer(status, type, body));
    return this;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Method, path and body of each. */
  List<String> requests() {
    return requests;
  }

  /** What each showed. */
  List<String> credentials() {
    return credentials;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      credentials.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      requests.add((request + " " + body).strip());
      var answer =
          answers.getOrDefault(request, new Answer(404, "text/html", "nothing for " + request));
      var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      exchange.sendResponseHeaders(answer.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
