package io.tillkeeper;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy: it makes tunnels, passes on what names its whole address, one request to a
 * connection, and keeps all that it could read on the way.
 */
public final class TestProxy implements AutoCloseable {

  private static final String WRONG =
      "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"lan\"\r\nContent-Length: 0\r\n\r\n";

  private final ServerSocket listener;
  private final @Nullable String authorization;
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream passed = new ByteArrayOutputStream();
  private volatile @Nullable String refusal;

  private TestProxy(@Nullable String authorization) {
    this.authorization = authorization;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::listen);
  }

  /** One that lets everybody through. */
  public static TestProxy open() {
    return new TestProxy(null);
  }

  /** One that wants to be told this. */
  public static TestProxy wanting(String user, String password) {
    return new TestProxy(
        "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8)));
  }

  /**
   * From now on it gives this answer to everybody, or none.
   *
   * @param answer the whole of it; null for an end to that
   */
  public TestProxy refusing(@Nullable String answer) {
    refusal = answer;
    return this;
  }

  public String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  /** What it was asked, each with its headers. */
  public List<String> heads() {
    return heads;
  }

  /** Everything that a client sent through it, as it could read it. */
  public synchronized String passed() {
    return passed.toString(ISO_8859_1);
  }

  private synchronized void keep(byte[] bytes, int length) {
    passed.write(bytes, 0, length);
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        var client = listener.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      var head = head(client.getInputStream());
      heads.add(head);
      var refused = refusal;
      var wanted = authorization;
      if (refused != null) {
        say(client, refused);
      } else if (wanted != null && !head.contains("\r\nProxy-Authorization: " + wanted + "\r\n")) {
        say(client, WRONG);
      } else if (head.startsWith("CONNECT ")) {
        tunnel(client, head.split(" ")[1]);
      } else {
        passOn(client, head);
      }
    } catch (IOException e) {
      // one of the two sides is gone
    }
  }

  private void tunnel(Socket client, String to) throws IOException {
    var colon = to.lastIndexOf(':');
    try (var server = connect(to.substring(0, colon), Integer.parseInt(to.substring(colon + 1)))) {
      say(client, "HTTP/1.1 200 Go\r\n\r\n");
      var back = Thread.ofVirtual().start(() -> pass(server, client));
      copy(client.getInputStream(), server.getOutputStream(), true);
      back.interrupt();
    }
  }

  private void passOn(Socket client, String head) throws IOException {
    var target = URI.create(head.split(" ")[1]);
    try (var server = connect(target.getHost(), target.getPort())) {
      var path = head.replaceFirst("http://[^/]+", "");
      say(
          server,
          path.replaceAll("(?i)\r\n(proxy-authorization|connection):[^\r]*", "")
              .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n"));
      var body = client.getInputStream().readNBytes(length(head));
      keep(body, body.length);
      server.getOutputStream().write(body);
      copy(server.getInputStream(), client.getOutputStream(), false);
    }
  }

  private Socket connect(String host, int port) throws IOException {
    var server = new Socket(host, port);
    open.add(server);
    return server;
  }

  private void pass(Socket from, Socket to) {
    try (from;
        to) {
      copy(from.getInputStream(), to.getOutputStream(), false);
    } catch (IOException e) {
      // one of the two sides is gone
    }
  }

  private void copy(InputStream in, OutputStream out, boolean keep) throws IOException {
    var buffer = new byte[16 * 1024];
    for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      if (keep) {
        keep(buffer, n);
      }
      out.write(buffer, 0, n);
    }
  }

  private static void say(Socket to, String text) throws IOException {
    to.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      var next = in.read();
      if (next < 0) {
        throw new IOException("No request");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static int length(String head) {
    return head.toLowerCase(Locale.ROOT)
        .lines()
        .filter(line -> line.startsWith("content-length:"))
        .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (var socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
