package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.RawConnection.Answer;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Listens to the feed over a WebSocket of which each frame can be any, and hears how it ends. */
final class RawFeed implements AutoCloseable {

  /** The first byte of a frame: the last of a message, or not, and of which kind. */
  static final int TEXT = 0x81;

  static final int BEGIN_OF_TEXT = 0x01;
  static final int MIDDLE = 0x00;
  static final int END = 0x80;
  static final int PACKED_TEXT = 0xc1;

  /** How it ends that the daemon goes away without a word. */
  static final int BROKEN = 1006;

  private static final int CLOSE = 0x88;

  private final RawConnection connection;
  private final Answer opened;
  private final DataInputStream heard;

  private RawFeed(RawConnection connection, Answer opened) {
    this.connection = connection;
    this.opened = opened;
    this.heard = new DataInputStream(connection.rest());
  }

  /**
   * Opens one.
   *
   * @param headers lines beside those that every WebSocket is opened with
   */
  static RawFeed open(URI daemon, String... headers) throws IOException {
    var connection = RawConnection.to(daemon);
    var head =
        """
        GET /api/v1/feed HTTP/1.1
        Host: %s
        Upgrade: websocket
        Connection: Upgrade
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==
        """
            .formatted(daemon.getAuthority());
    var lines = head + String.join("\n", headers) + (headers.length == 0 ? "\n" : "\n\n");
    connection.send(lines.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
    var answers = connection.read(1, true, DaemonWatch.HANGS).all();
    assertThat(answers).extracting(Answer::status).containsExactly(101);
    return new RawFeed(connection, answers.getFirst());
  }

  /** What the opening was answered with. */
  Answer opened() {
    return opened;
  }

  void say(int first, byte[] payload) {
    connection.send(HostileListener.frame(first, payload, true));
  }

  /** Sends frames, or what is none, as they are. */
  void say(byte[] frames) {
    connection.send(frames);
  }

  /** Waits for a message of this type. */
  void await(String type) throws IOException {
    var wanted = "\"type\":\"%s\"".formatted(type);
    for (var frame = next(); !frame.text().contains(wanted); frame = next()) {
      assertThat(frame.first()).as(frame.text()).isNotEqualTo(CLOSE);
    }
  }

  /** Waits until the daemon ends it, and returns the code by which it says why. */
  int endedWith() throws IOException {
    try {
      var frame = next();
      while (frame.first() != CLOSE) {
        frame = next();
      }
      connection.send(HostileListener.frame(CLOSE, frame.payload(), true));
      assertThat(connection.endsWithin(DaemonWatch.HANGS)).isTrue();
      return ByteBuffer.wrap(frame.payload()).getShort();
    } catch (EOFException | SocketException e) {
      return BROKEN;
    }
  }

  private record Frame(int first, byte[] payload) {

    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }
  }

  private Frame next() throws IOException {
    var first = heard.readUnsignedByte();
    var length = heard.readUnsignedByte();
    var payload =
        new byte
            [switch (length) {
              case 126 -> heard.readUnsignedShort();
              case 127 -> Math.toIntExact(heard.readLong());
              default -> length;
            }];
    heard.readFully(payload);
    return new Frame(first, payload);
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
