package io.tillkeeper.odoo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/**
 * Something that listens and answers as it is told, byte by byte where need be. Like Odoo without a
 * proxy it speaks HTTP/1.0 and closes after each answer.
 */
final class StubServer implements AutoCloseable {

  record Request(String method, String path, Map<String, String> headers, String body) {}

  /** What to do with a connection on which a request has come. */
  @FunctionalInterface
  interface Behaviour {
    void answer(Request request, Socket connection) throws IOException;
  }

  private final ServerSocket listener;
  private final Behaviour behaviour;
  private final String scheme;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  StubServer(Behaviour behaviour) {
    this(behaviour, ServerSocketFactory.getDefault(), "http");
  }

  /** One that speaks TLS. */
  StubServer(Behaviour behaviour, SSLContext tls) {
    this(behaviour, tls.getServerSocketFactory(), "https");
  }

  private StubServer(Behaviour behaviour, ServerSocketFactory sockets, String scheme) {
    this.behaviour = behaviour;
    this.scheme = scheme;
    try {
      listener = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::listen);
  }

  static Behaviour text(String answer) {
    return (request, connection) ->
        connection.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
  }

  static Behaviour answer(int status, String contentType, String body) {
    return text(http(status, contentType, body));
  }

  static Behaviour json(String body) {
    return answer(200, "application/json; charset=utf-8", body);
  }

  static String http(int status, String contentType, String body) {
    return ("HTTP/1.0 %d Any\r\nContent-Type: %s\r\nContent-Length: %d\r\n"
            + "Connection: close\r\n\r\n%s")
        .formatted(status, contentType, body.getBytes(StandardCharsets.UTF_8).length, body);
  }

  /** Says nothing until the other side goes away. */
  static Behaviour silence() {
    return (request, connection) -> {
      while (connection.getInputStream().read() >= 0) {
        continue;
      }
    };
  }

  static Behaviour reset() {
    return (request, connection) -> connection.setSoLinger(true, 0);
  }

  URI uri() {
    return URI.create(scheme + "://127.0.0.1:" + listener.getLocalPort());
  }

  List<Request> requests() {
    return requests;
  }

  long count(String part) {
    return requests.stream()
        .filter(request -> request.path().contains(part) || request.body().contains(part))
        .count();
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket connection : open) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
        open.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      Request request = read(connection.getInputStream());
      requests.add(request);
      behaviour.answer(request, connection);
    } catch (IOException e) {
      // The client went away, which some tests are about.
    }
  }

  private static Request read(InputStream in) throws IOException {
    String[] start = line(in).split(" ");
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Request(start[0], start[1], headers, body);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
    }
    if (line.size() == 0) {
      throw new IOException("No request");
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }
}
