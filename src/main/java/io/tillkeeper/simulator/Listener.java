package io.tillkeeper.simulator;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A port on the loopback that can refuse connections for a while and then listen again. */
final class Listener implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 10;

  private final Vertx vertx;
  private final Handler<HttpServerRequest> handler;
  private final int port;
  private @Nullable HttpServer server;
  private @Nullable Socket reservation;

  Listener(Vertx vertx, int wantedPort, Handler<HttpServerRequest> handler) {
    this.vertx = vertx;
    this.handler = handler;
    HttpServer first = listen(wantedPort);
    this.server = first;
    this.port = first.actualPort();
  }

  int port() {
    return port;
  }

  /** Listens, if it does not. */
  synchronized void accept() {
    if (server == null) {
      release();
      server = listen(port);
    }
  }

  /** Cuts all connections and refuses new ones. */
  synchronized void refuse() {
    if (server != null) {
      await(server.close());
      // the selector gives the closed socket up only when it selects again, which a timer makes it
      // do
      await(vertx.timer(1, TimeUnit.MILLISECONDS));
      server = null;
      reservation = reserve(port);
    }
  }

  @Override
  public synchronized void close() {
    if (server != null) {
      await(server.close());
      server = null;
    }
    release();
  }

  private HttpServer listen(int wantedPort) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(wantedPort)
            // a client that offers HTTP/2 stays with 1.1, as with Odoo
            .setHttp2ClearTextEnabled(false);
    return await(vertx.createHttpServer(options).requestHandler(handler).listen());
  }

  /**
   * A socket that is bound but does not listen: refuses, and keeps others off the port. The
   * server's socket may outlive its closing until its event loop has looked at it once more.
   */
  private static Socket reserve(int port) {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      try {
        return bound(port);
      } catch (BindException taken) {
        if (System.nanoTime() > deadline) {
          throw new UncheckedIOException(taken);
        }
        Thread.yield();
      } catch (IOException cannotHappen) {
        throw new UncheckedIOException(cannotHappen);
      }
    }
  }

  private static Socket bound(int port) throws IOException {
    var socket = new Socket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
      return socket;
    } catch (IOException taken) {
      socket.close();
      throw taken;
    }
  }

  private void release() {
    if (reservation != null) {
      try {
        reservation.close();
      } catch (IOException cannotHappen) {
        throw new UncheckedIOException(cannotHappen);
      }
      reservation = null;
    }
  }

  private static <T> T await(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    } catch (ExecutionException | TimeoutException failed) {
      throw new IllegalStateException(
          "The stand-in Odoo cannot open or close its port: " + failed.getMessage(), failed);
    }
  }
}
