package io.tillkeeper;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A page of an origin of its own, as a POS is one, and what it does with the daemon's module. */
final class PosPage implements AutoCloseable {

  private static final String BLANK =
      "<!DOCTYPE html><html lang=\"en\"><title>Page</title><link rel=\"icon\" href=\"data:,\">";

  /** As a POS would do it: begins to listen, by the token that the page kept, if it has one. */
  static final String START =
      """
      async (url) => {
        const { Tillkeeper } = await import(url + '/tillkeeper.js');
        window.heard = [];
        window.till = new Tillkeeper({ token: localStorage.getItem('tillkeeper') });
        for (const type of ['status', 'unpaired', 'connection']) till.on(type, () => heard.push(type));
        till.start();
      }
      """;

  /** Pairs by a code that a person typed in, and keeps the token. */
  static final String PAIR =
      "async (code) => localStorage.setItem('tillkeeper', await till.pair(code))";

  private final HttpServer server;
  private volatile byte[] html = {};

  private PosPage(HttpServer server) {
    this.server = server;
  }

  /** A page that does nothing until a test has it do something. */
  static PosPage blank() {
    return showing(BLANK);
  }

  static PosPage showing(String html) {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      var page = new PosPage(server);
      page.show(html);
      server.createContext("/", page::answer);
      server.start();
      return page;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on, to who loads it. */
  void show(String text) {
    html = text.getBytes(StandardCharsets.UTF_8);
  }

  private void answer(HttpExchange exchange) throws IOException {
    var page = html;
    exchange.getResponseHeaders().add("Content-Type", "text/html;charset=UTF-8");
    exchange.sendResponseHeaders(200, page.length);
    exchange.getResponseBody().write(page);
    exchange.close();
  }

  String authority() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  String origin() {
    return "http://" + authority();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
