package io.tillkeeper.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which versions of TLS are spoken to Odoo. */
class TlsFloorTest {

  private static final int SUPPORTED_VERSIONS = 43;
  private static final int TLS_1_2 = 0x0303;
  private static final int TLS_1_3 = 0x0304;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aServerThatSpeaksOneOfThemIsSpokenTo(String version) throws Exception {
    TestAuthority authority = new TestAuthority(folder);
    SSLContext keys = authority.server("ip:127.0.0.1", -1, 30);
    try (SSLServerSocket listener =
        (SSLServerSocket)
            keys.getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      listener.setEnabledProtocols(new String[] {version});
      Thread.ofVirtual().start(() -> answerOnce(listener));
      try (HttpWire wire = wire(listener, Optional.of(authority.certificate()))) {
        assertThat(wire.get("/")).isInstanceOf(WireAnswer.Json.class);
      }
    }
  }

  /** An old version cannot be chosen by a server that is not offered it. */
  @Test
  void noOlderOneIsOffered() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      CompletableFuture<List<Integer>> offered = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> hear(listener, offered));
      try (HttpWire wire = wire(listener, Optional.empty())) {
        catchThrowableOfType(LinkLost.class, () -> wire.get("/"));
      }
      assertThat(offered.join()).containsExactly(TLS_1_3, TLS_1_2);
    }
  }

  /** Also where the settings of Java bring an old one back. */
  @Test
  void theVersionsAreNamedAndNotLeftToJava() throws GeneralSecurityException {
    assertThat(Trust.parameters().getProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
    assertThat(SSLContext.getDefault().getSupportedSSLParameters().getProtocols())
        .as("what Java could speak")
        .contains("TLSv1.1");
  }

  private static HttpWire wire(ServerSocket server, Optional<Path> authority) {
    return new HttpWire(
        URI.create("https://127.0.0.1:" + server.getLocalPort()),
        Duration.ofSeconds(20),
        "test",
        Trust.context(authority),
        Optional.empty(),
        () -> true);
  }

  private static void answerOnce(ServerSocket listener) {
    try (var connection = listener.accept()) {
      connection.getInputStream().read(new byte[4096]);
      StubServer.json("{}").answer(null, connection);
    } catch (IOException e) {
      // seen on the other side
    }
  }

  /** Listens to one, and to none that is tried after it. */
  private static void hear(ServerSocket listener, CompletableFuture<List<Integer>> offered) {
    try (listener;
        var connection = listener.accept()) {
      var in = new DataInputStream(connection.getInputStream());
      in.skipNBytes(3);
      var record = new byte[in.readUnsignedShort()];
      in.readFully(record);
      offered.complete(versions(ByteBuffer.wrap(record)));
    } catch (IOException | RuntimeException e) {
      offered.completeExceptionally(e);
    }
  }

  /** Those of a ClientHello: RFC 8446, 4.1.2 and 4.2.1. */
  private static List<Integer> versions(ByteBuffer hello) {
    hello.position(4 + 2 + 32);
    skip(hello, Byte.toUnsignedInt(hello.get()));
    skip(hello, Short.toUnsignedInt(hello.getShort()));
    skip(hello, Byte.toUnsignedInt(hello.get()) + 2);
    while (hello.hasRemaining()) {
      var type = hello.getShort();
      var length = Short.toUnsignedInt(hello.getShort());
      if (type == SUPPORTED_VERSIONS) {
        List<Integer> versions = new ArrayList<>();
        for (var left = Byte.toUnsignedInt(hello.get()); left > 0; left -= 2) {
          versions.add(Short.toUnsignedInt(hello.getShort()));
        }
        return versions;
      }
      skip(hello, length);
    }
    return List.of();
  }

  private static void skip(ByteBuffer hello, int bytes) {
    hello.position(hello.position() + bytes);
  }
}
