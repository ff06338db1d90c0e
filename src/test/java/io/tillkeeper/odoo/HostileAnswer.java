package io.tillkeeper.odoo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillkeeper.HostileJson;
import io.tillkeeper.odoo.StubServer.Behaviour;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;

/** What Odoo answered once, with something wrong in it: from the JSON down to the bytes. */
final class HostileAnswer {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PAUSE_NANOS = 20_000_000;

  private static final List<String> TYPES =
      List.of(
          "text/html; charset=utf-8",
          "text/html",
          "text/plain",
          "application/json; charset=utf-16",
          "application/json; charset=latin1",
          "application/json;;;",
          "APPLICATION/JSON",
          "application/json, text/html",
          "application/problem+json",
          "application/octet-stream",
          "multipart/form-data",
          "");

  private static final List<String> STATUSES =
      List.of(
          "200", "200", "200", "204", "201", "100", "101", "103", "301", "302", "304", "307", "400",
          "401", "402", "403", "404", "407", "409", "413", "418", "429", "500", "501", "502", "503",
          "504", "511", "599", "000", "099", "600", "999", "1000", "20", "-200", "2OO", "");

  private static final List<String> HEADERS =
      List.of(
          "Content-Encoding: gzip",
          "Content-Encoding: br",
          "Transfer-Encoding: chunked",
          "Transfer-Encoding: gzip, chunked",
          "Content-Length: 5",
          "Content-Length: -1",
          "Content-Length: 99999999999999999999",
          "Content-Length: abc",
          "Retry-After: 999999999",
          "Retry-After: 99999999999999",
          "Retry-After: -5",
          "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT",
          "Retry-After: Sun, 31 Nov 2026 25:61:00 GMT",
          "Date: Thu, 01 Jan 1970 00:00:00 GMT",
          "Location: //" + HostileJson.CANARY + "@[::1",
          "Location: javascript:" + HostileJson.CANARY,
          "Location: http://" + HostileJson.CANARY + "/?token=" + HostileJson.CANARY,
          "Set-Cookie: session_id=" + HostileJson.CANARY,
          "X-Long: " + "x".repeat(20_000),
          "Connection: upgrade\r\nUpgrade: h2c",
          "Connection: keep-alive",
          " folded: " + HostileJson.CANARY,
          "no colon",
          ": no name",
          "Na me: spaces",
          "X-Nul: \0",
          "X-High: \u00e9\u00ff");

  private static final List<String> PAGES =
      List.of(
          "",
          " ",
          "\ufeff",
          "<html><body><h1>Log in to the hotel's network</h1></body></html>",
          "<!DOCTYPE html><html><head><meta http-equiv=refresh content='0;url=//portal'></head>",
          "Bad gateway",
          "null",
          "true",
          "42",
          "\"" + HostileJson.CANARY + "\"",
          "[]",
          "{}",
          "{\"jsonrpc\": \"2.0\", \"id\": 1}",
          "{\"jsonrpc\": \"2.0\", \"id\": 1, \"result\": null}",
          "{\"jsonrpc\": \"2.0\", \"id\": 1, \"error\": {}}",
          "{\"jsonrpc\": \"2.0\", \"id\": 1, \"error\": {\"data\": {\"name\": \"\", \"message\": \"\"}}}",
          "{\"name\": \"a\\r\\nb\", \"message\": \"" + HostileJson.CANARY + "\"}");

  private final Random random;
  private final HostileJson hostile;

  HostileAnswer(Random random) {
    this.random = random;
    this.hostile = new HostileJson(random);
  }

  /** The bytes of an answer, and whether they come slowly. */
  record Sent(byte[] bytes, boolean slowly) implements Behaviour {

    /** False for the answers that are no hostile ones, too. */
    static boolean isSlow(Behaviour answer) {
      return answer instanceof Sent sent && sent.slowly;
    }

    @Override
    public void answer(StubServer.Request request, java.net.Socket connection) throws IOException {
      var out = connection.getOutputStream();
      if (!slowly) {
        out.write(bytes);
        return;
      }
      for (byte each : bytes) {
        out.write(each);
        out.flush();
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }

    /** As text that one can read, and make the bytes of again. */
    @Override
    public String toString() {
      var text = new StringBuilder(slowly ? "(slowly) " : "");
      for (byte each : bytes) {
        text.append(
            each >= ' ' && each <= '~' && each != '\\'
                ? String.valueOf((char) each)
                : "\\x%02x".formatted(each));
      }
      return text.length() > 4_000
          ? text.substring(0, 4_000) + "... (" + bytes.length + " bytes)"
          : text.toString();
    }
  }

  /** What is made of an answer: now and then the very same. */
  Sent of(Recording recording) {
    var body = body(recording.body());
    var status = hostile.chance(85) ? "" + recording.status() : hostile.one(STATUSES);
    var type = hostile.chance(88) ? "application/json; charset=utf-8" : hostile.one(TYPES);
    var bytes = http(status, type, body);
    return new Sent(hostile.chance(12) ? damaged(bytes) : bytes, random.nextInt(300) == 0);
  }

  private byte[] body(String recorded) {
    return switch (random.nextInt(20)) {
      case 0 -> hostile.one(PAGES).getBytes(StandardCharsets.UTF_8);
      case 1 -> gzip(recorded.getBytes(StandardCharsets.UTF_8));
      case 2 ->
          recorded.getBytes(
              hostile.one(
                  List.<Charset>of(
                      StandardCharsets.UTF_16,
                      StandardCharsets.UTF_16LE,
                      Charset.forName("UTF-32"))));
      case 3 -> damaged(recorded.getBytes(StandardCharsets.UTF_8));
      case 4 -> recorded.getBytes(StandardCharsets.UTF_8);
      default -> mutated(recorded).getBytes(StandardCharsets.UTF_8);
    };
  }

  private String mutated(String recorded) {
    try {
      return hostile.mutated(JSON.readTree(recorded));
    } catch (JsonProcessingException e) {
      return recorded; // a page, of which there are a few among the recordings
    }
  }

  private byte[] http(String status, String type, byte[] body) {
    var head = new StringBuilder();
    head.append(hostile.chance(90) ? "HTTP/1.0 " : hostile.one(List.of("HTTP/1.1 ", "HTTP/2 ", "")))
        .append(status)
        .append(" OK\r\nContent-Type: ")
        .append(type)
        .append("\r\n");
    for (var i = hostile.chance(25) ? 1 + random.nextInt(3) : 0; i > 0; i--) {
      head.append(hostile.one(HEADERS)).append("\r\n");
    }
    if (hostile.chance(80)) {
      var length = hostile.chance(95) ? body.length : random.nextInt(2 * body.length + 2);
      head.append("Content-Length: ").append(length).append("\r\n");
    }
    head.append("\r\n");
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  private byte[] damaged(byte[] bytes) {
    if (bytes.length == 0) {
      return bytes;
    }
    var at = random.nextInt(bytes.length);
    var damaged = bytes.clone();
    switch (random.nextInt(4)) {
      case 0 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 1 -> Arrays.fill(damaged, at, Math.min(bytes.length, at + 4), (byte) random.nextInt());
      default -> {
        for (var i = 1 + random.nextInt(8); i > 0; i--) {
          damaged[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
    }
    return damaged;
  }

  private static byte[] gzip(byte[] bytes) {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
