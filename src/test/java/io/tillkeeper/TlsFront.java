package io.tillkeeper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** What stands in front of an Odoo that is reached by HTTPS: it speaks TLS, and passes on. */
public final class TlsFront implements AutoCloseable {

  private final ServerSocket listener;
  private final URI behind;
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  public TlsFront(SSLContext tls, URI behind) throws IOException {
    this.listener =
        tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.behind = behind;
    Thread.ofVirtual().start(this::listen);
  }

  public URI url() {
    return URI.create("https://127.0.0.1:" + listener.getLocalPort());
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        var client = listener.accept();
        var server = new Socket(behind.getHost(), behind.getPort());
        open.addAll(List.of(client, server));
        Thread.ofVirtual().start(() -> pass(client, server));
        Thread.ofVirtual().start(() -> pass(server, client));
      } catch (IOException e) {
        // closed, or one of the two sides is gone
      }
    }
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // one of the two sides is gone, or does not trust this one
    }
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
