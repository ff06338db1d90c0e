package io.tillkeeper;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What somebody sends who does not listen to the feed as one should. */
final class HostileListener {

  private static final String CANARY = HostileJson.CANARY;

  private static final List<String> PLACES =
      List.of(
          "0",
          "-1",
          "1",
          "4294967296",
          "9007199254740993",
          "9223372036854775807",
          "9223372036854775808",
          "1e3",
          " 1 ",
          "",
          CANARY,
          "\u0660\u0661",
          "%31",
          "%00",
          "%0a" + CANARY,
          "9".repeat(4_000));

  private static final List<String> HEADERS =
      List.of(
          "Sec-WebSocket-Protocol: " + CANARY,
          "Sec-WebSocket-Protocol: ,,, ,",
          "Sec-WebSocket-Protocol: a, b, " + "c".repeat(2_000),
          "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99",
          "Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover; x=" + CANARY,
          "Sec-WebSocket-Extensions: " + CANARY,
          "Sec-WebSocket-Version: 8",
          "Sec-WebSocket-Version: 99",
          "Sec-WebSocket-Version: " + CANARY,
          "Sec-WebSocket-Key: short",
          "Sec-WebSocket-Key: " + CANARY.repeat(100),
          "Origin: https://evil.example",
          "Connection: close",
          "Upgrade: WebSocket, h2c",
          "Accept: text/event-stream",
          "Accept: " + CANARY,
          "Cookie: " + CANARY);

  private final Random random;
  private final HostileJson hostile;

  HostileListener(Random random) {
    this.random = random;
    this.hostile = new HostileJson(random);
  }

  /**
   * The request by which it wants to listen, as a socket or as a stream of events.
   *
   * @param shown header lines by which it says who it is
   */
  byte[] request(String host, boolean socket, List<String> shown) {
    var head = new StringBuilder("GET /api/v1/feed");
    if (hostile.chance(50)) {
      head.append("?after=").append(hostile.one(PLACES).replace(" ", "%20"));
    }
    head.append(" HTTP/1.1\r\nHost: ").append(host).append("\r\n");
    if (hostile.chance(30)) {
      head.append("Last-Event-ID: ").append(hostile.one(PLACES)).append("\r\n");
    }
    if (socket) {
      head.append("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n");
      head.append("Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n");
    }
    for (var i = hostile.chance(30) ? 1 + random.nextInt(2) : 0; i > 0; i--) {
      head.append(hostile.one(HEADERS)).append("\r\n");
    }
    shown.forEach(line -> head.append(line).append("\r\n"));
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** What it says when it is listened to: frames, and what is none. */
  byte[] said() {
    var said = new ByteArrayOutputStream();
    for (var i = 1 + random.nextInt(4); i > 0; i--) {
      said.writeBytes(frame());
    }
    var bytes = said.toByteArray();
    return hostile.chance(10) ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  private byte[] frame() {
    return switch (random.nextInt(16)) {
      case 0 -> frame(0x81, "{\"type\": \"ping\"}".getBytes(StandardCharsets.UTF_8), true);
      case 1 -> frame(0x81, hostile.text().getBytes(StandardCharsets.UTF_8), true);
      case 2 -> frame(0x81, new byte[] {(byte) 0xc3, 0x28, (byte) 0xff}, true);
      case 3 -> frame(0x81, CANARY.getBytes(StandardCharsets.UTF_8), false);
      case 4 -> frame(0x82, CANARY.getBytes(StandardCharsets.UTF_8), true);
      case 5 -> frame(0x01, "{\"type\":".getBytes(StandardCharsets.UTF_8), true);
      case 6 -> frame(0x80, " \"ping\"}".getBytes(StandardCharsets.UTF_8), true);
      case 7 -> frame(0x00, CANARY.getBytes(StandardCharsets.UTF_8), true);
      case 8 -> frame(0x81, new byte[hostile.one(List.of(4_096, 4_097, 70_000, 400_000))], true);
      case 9 -> frame(0x89, new byte[hostile.one(List.of(0, 125, 126, 5_000))], true);
      case 10 -> frame(0x8a, CANARY.getBytes(StandardCharsets.UTF_8), true);
      case 11 -> frame(0x88, new byte[] {(byte) random.nextInt(), (byte) random.nextInt()}, true);
      case 12 -> frame(0x88, new byte[] {3}, true);
      case 13 -> frame(0xf1 | random.nextInt(16), new byte[8], true);
      // a length of which there is never so much
      case 14 ->
          new byte[] {(byte) 0x81, (byte) 0xff, 0x7f, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0};
      default -> {
        var noise = new byte[1 + random.nextInt(200)];
        random.nextBytes(noise);
        yield noise;
      }
    };
  }

  /**
   * One frame.
   *
   * @param first its first byte: whether it is the last of a message, and what it is
   */
  static byte[] frame(int first, byte[] payload, boolean masked) {
    var frame = new ByteArrayOutputStream();
    frame.write(first);
    var mask = masked ? 0x80 : 0;
    if (payload.length < 126) {
      frame.write(mask | payload.length);
    } else if (payload.length < 65_536) {
      frame.writeBytes(
          new byte[] {(byte) (mask | 126), (byte) (payload.length >> 8), (byte) payload.length});
    } else {
      frame.writeBytes(new byte[] {(byte) (mask | 127), 0, 0, 0, 0});
      for (var shift = 24; shift >= 0; shift -= 8) {
        frame.write(payload.length >> shift);
      }
    }
    if (masked) {
      frame.writeBytes(new byte[4]); // a mask that leaves everything as it is
    }
    frame.writeBytes(payload);
    return frame.toByteArray();
  }
}
