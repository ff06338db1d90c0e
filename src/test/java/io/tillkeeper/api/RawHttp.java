package io.tillkeeper.api;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Requests that a well-behaved client does not make, byte by byte. */
final class RawHttp {

  /** Long enough for any answer; an answer that never comes is a fault and no reason to wait. */
  private static final int PATIENCE_MILLIS = 20_000;

  private RawHttp() {}

  /** What came back. */
  record Answer(int status, List<String> headers, String body) {

    Optional<String> header(String name) {
      var prefix = name.toLowerCase(Locale.ROOT) + ":";
      return headers.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
          .map(line -> line.substring(prefix.length()).strip())
          .findFirst();
    }

    JsonPath json() {
      return JsonPath.from(body);
    }
  }

  /** Sends lines as the head of a request that asks for the connection to be closed. */
  static Answer get(int port, String... head) throws IOException {
    return send(port, String.join("\r\n", head) + "\r\nConnection: close\r\n\r\n", new byte[0]);
  }

  /**
   * Sends a head and a body, and reads one answer. A write that the other side breaks off is no
   * fault here: it may have answered before.
   */
  static Answer send(int port, String head, byte[] body) throws IOException {
    return send(new Socket(InetAddress.getLoopbackAddress(), port), head, body);
  }

  /** The same, without a body, by a connection from this address of the machine. */
  static Answer sendFrom(InetAddress own, int port, String head) throws IOException {
    return send(new Socket(InetAddress.getLoopbackAddress(), port, own, 0), head, new byte[0]);
  }

  private static Answer send(Socket connection, String head, byte[] body) throws IOException {
    try (var socket = connection) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      var out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.ISO_8859_1));
      try {
        out.write(body);
        out.flush();
      } catch (IOException e) {
        // what matters is whether there is an answer
      }
      return read(socket.getInputStream());
    }
  }

  /** By its length: the other side may keep the connection until the rest of the request came. */
  private static Answer read(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      var next = in.read();
      if (next < 0) {
        throw new AssertionError("no answer, but: " + head);
      }
      head.append((char) next);
    }
    var lines = Arrays.asList(head.toString().strip().split("\r\n"));
    var answer =
        new Answer(
            Integer.parseInt(lines.getFirst().split(" ")[1]), lines.subList(1, lines.size()), "");
    var length = answer.header("Content-Length").map(Integer::parseInt).orElse(0);
    return new Answer(
        answer.status(),
        answer.headers(),
        new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }
}
