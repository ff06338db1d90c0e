package io.tillkeeper.odoo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** Asks a proxy once for a connection to a server; what the HTTP client does for itself. */
final class Tunnel {

  private static final int LONGEST_ANSWER = 16 * 1024;

  private Tunnel() {}

  /**
   * When it returns, what is written to the socket gets to the server.
   *
   * @param socket connected to the proxy, with a time limit for reading
   * @throws LinkLost when the proxy says no
   */
  static void open(Socket socket, HttpProxy proxy, String host, int port) throws IOException {
    String to = host + ":" + port;
    StringBuilder request =
        new StringBuilder("CONNECT %s HTTP/1.1\r\nHost: %s\r\n".formatted(to, to));
    proxy
        .authorization()
        .ifPresent(who -> request.append("Proxy-Authorization: ").append(who).append("\r\n"));
    socket.getOutputStream().write(request.append("\r\n").toString().getBytes(US_ASCII));
    int status = status(head(socket.getInputStream()));
    if (status < 200 || status > 299) {
      throw TransportFault.noTunnel(status, proxy.host(), null);
    }
  }

  /** Byte by byte: what comes after it is the server's. */
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
      int next = in.read();
      if (next < 0 || head.length() > LONGEST_ANSWER) {
        throw new EOFException("No answer of a proxy");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static int status(String head) throws IOException {
    if (!head.matches("(?s)HTTP/1\\.\\d \\d{3}\\b.*")) {
      throw new IOException("No answer of a proxy");
    }
    return Integer.parseInt(head.substring(9, 12));
  }
}
