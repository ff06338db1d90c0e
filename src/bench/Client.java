import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One client of the local API: one connection, which stays open, and one request at a time on it.
 * Plain sockets, so that what is measured is the daemon and not the client.
 */
final class Client implements AutoCloseable {

  private static final int LIMIT = 60_000;

  private final int port;
  private Socket socket;
  private InputStream in;

  Client(int port) {
    this.port = port;
  }

  /**
   * @param retryAfter in seconds; 0 where the answer says nothing of it
   */
  record Answer(int status, String body, int retryAfter) {}

  Answer post(String path, String body, String key) throws IOException {
    return call("POST", path, body, "Idempotency-Key: " + key + "\r\n");
  }

  /** Makes a call and returns when the whole answer is there. */
  Answer call(String method, String path, String body, String headers) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    var head =
        "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n"
            .formatted(method, path, port, headers, bytes.length);
    var request = new ByteArrayOutputStream();
    request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    request.writeBytes(bytes);
    try {
      connect();
      socket.getOutputStream().write(request.toByteArray());
      return read();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private void connect() throws IOException {
    if (socket == null) {
      var to = new Socket();
      to.setTcpNoDelay(true);
      to.setSoTimeout(LIMIT);
      socket = to;
      to.connect(new InetSocketAddress("127.0.0.1", port), LIMIT);
      in = new BufferedInputStream(to.getInputStream());
    }
  }

  private Answer read() throws IOException {
    var first = line();
    Map<String, String> headers = new TreeMap<>();
    for (var line = line(); !line.isEmpty(); line = line()) {
      var colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    var body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    if (headers.getOrDefault("connection", "").equalsIgnoreCase("close")) {
      close();
    }
    return new Answer(
        Integer.parseInt(first.substring(9, 12)),
        new String(body, StandardCharsets.UTF_8),
        Integer.parseInt(headers.getOrDefault("retry-after", "0")));
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (var next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection ended");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException closedAnyway) {
        // nothing is left to be done with it
      }
      socket = null;
    }
  }
}
