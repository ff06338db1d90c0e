package io.tillkeeper;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A connection to the daemon on which any bytes can be sent, HTTP or not. */
final class RawConnection implements AutoCloseable {

  private static final Pattern STATUS_LINE = Pattern.compile("[^ ]+ (\\d{3})(?: .*)?");

  private static final Duration LONGEST_SEND = Duration.ofSeconds(20);

  /** What came back, header names in lower case. */
  record Answer(int status, List<String> headers, String body) {

    Optional<String> header(String name) {
      return headers.stream()
          .filter(line -> line.startsWith(name + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst();
    }
  }

  /**
   * What came back on a connection.
   *
   * @param quiet the other side has neither closed it nor said anything for as long as was waited
   */
  record Answers(List<Answer> all, boolean quiet) {}

  private final Socket socket;
  private final InputStream in;

  private RawConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  static RawConnection to(URI daemon) throws IOException {
    return new RawConnection(new Socket(InetAddress.getLoopbackAddress(), daemon.getPort()));
  }

  /**
   * The other side may break it off: it may have answered before. One that does not read for a long
   * time is broken off from here.
   */
  void send(byte[] bytes) {
    var watch =
        CompletableFuture.runAsync(
            this::breakOff,
            CompletableFuture.delayedExecutor(LONGEST_SEND.toMillis(), TimeUnit.MILLISECONDS));
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      // what matters is what is answered
    } finally {
      watch.cancel(false);
    }
  }

  private void breakOff() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads answers until the connection ends, so many are there, or nothing comes for that time. */
  Answers read(int most, boolean bodies, Duration patience) throws IOException {
    var answers = new ArrayList<Answer>();
    socket.setSoTimeout((int) patience.toMillis());
    try {
      while (answers.size() < most) {
        var answer = readOne(bodies);
        if (answer.isEmpty()) {
          return new Answers(answers, false);
        }
        if (answer.get().status() >= 200 || answer.get().status() == 101) {
          answers.add(answer.get());
        }
        if (isEndless(answer.get())) {
          break;
        }
      }
      return new Answers(answers, false);
    } catch (SocketTimeoutException e) {
      return new Answers(answers, true);
    } catch (IOException e) {
      return new Answers(answers, false); // reset, which is an end too
    }
  }

  private static boolean isEndless(Answer answer) {
    return answer.status() == 101
        || answer.header("content-type").filter(type -> type.startsWith("text/event-")).isPresent();
  }

  private Optional<Answer> readOne(boolean bodies) throws IOException {
    var first = line();
    if (first.isEmpty()) {
      return Optional.empty();
    }
    var status = STATUS_LINE.matcher(first.get());
    if (!status.matches()) {
      throw new AssertionError("no answer of HTTP/1: " + first.get());
    }
    var headers = new ArrayList<String>();
    for (var line = line(); line.filter(text -> !text.isEmpty()).isPresent(); line = line()) {
      var colon = line.get().indexOf(':');
      headers.add(
          line.get().substring(0, colon).toLowerCase(Locale.ROOT) + line.get().substring(colon));
    }
    var head = new Answer(Integer.parseInt(status.group(1)), headers, "");
    return Optional.of(
        bodies && !isEndless(head) ? new Answer(head.status(), headers, body(head)) : head);
  }

  private String body(Answer head) throws IOException {
    var bytes = new ByteArrayOutputStream();
    if (head.header("transfer-encoding").isPresent()) {
      for (var size = chunk(); size > 0; size = chunk()) {
        bytes.writeBytes(in.readNBytes(size));
        line();
      }
      line();
    } else {
      bytes.writeBytes(
          in.readNBytes(head.header("content-length").map(Integer::valueOf).orElse(0)));
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line().orElseThrow(() -> new IOException("broken off")), 16);
  }

  private Optional<String> line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (var next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return Optional.empty();
      }
      line.write(next);
    }
    var text = line.toString(StandardCharsets.ISO_8859_1);
    return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
  }

  /** What comes after the answers that were read. */
  InputStream rest() {
    return in;
  }

  /** Whether the other side has closed it, which is waited for. */
  boolean endsWithin(Duration patience) throws IOException {
    socket.setSoTimeout((int) patience.toMillis());
    try {
      while (in.read() >= 0) {
        // what comes before the end is of no interest
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Goes away without a word, so that the other side is told only when it asks. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
