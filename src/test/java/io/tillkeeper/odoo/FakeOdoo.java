package io.tillkeeper.odoo;

import io.tillkeeper.odoo.StubServer.Behaviour;
import io.tillkeeper.odoo.StubServer.Request;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;

/** Answers the questions that come before a call by itself, and the calls as it is told. */
final class FakeOdoo implements Behaviour {

  volatile Behaviour version;
  volatile Behaviour login = StubServer.json("{\"jsonrpc\": \"2.0\", \"id\": 1, \"result\": 5}");
  volatile Behaviour health = StubServer.json("{\"status\": \"pass\"}");
  private final Deque<Behaviour> calls = new ArrayDeque<>();

  FakeOdoo(String version) {
    this.version = serving(version);
  }

  static Behaviour serving(String series) {
    return StubServer.json(
        """
        {"jsonrpc": "2.0", "id": 1, "result": {"server_version": "%s", "server_serie": "%s"}}"""
            .formatted(series, series));
  }

  /** The next calls are answered like this, the last of them for good. */
  synchronized FakeOdoo then(Behaviour... answers) {
    for (Behaviour answer : answers) {
      calls.add(answer);
    }
    return this;
  }

  @Override
  public void answer(Request request, Socket connection) throws IOException {
    if (request.path().startsWith("/web/webclient/version_info")) {
      version.answer(request, connection);
    } else if (request.path().startsWith("/web/health")) {
      health.answer(request, connection);
    } else if (request.body().contains("\"authenticate\"")) {
      login.answer(request, connection);
    } else {
      next().answer(request, connection);
    }
  }

  private synchronized Behaviour next() {
    return calls.size() > 1 ? calls.remove() : calls.element();
  }
}
