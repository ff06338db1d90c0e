package io.tillkeeper.host;

import io.quarkus.runtime.ImageMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.graalvm.nativeimage.PinnedObject;
import org.graalvm.word.WordFactory;

/**
 * The socket on which systemd hears from a service (sd_notify). Java has no datagram sockets in the
 * file system: the native binary asks the C library for one, and under a JVM the command {@code
 * systemd-notify} does it, which the unit has to allow with {@code NotifyAccess=all}.
 *
 * @param address the path; an abstract name when it begins with {@code @}
 */
record NotifySocket(String address) {

  private static final int FAMILY_BYTES = Short.BYTES;

  /** Of {@code sockaddr_un}, with the byte that ends a path. */
  private static final int LONGEST_PATH = 107;

  private static final int COMMAND_SECONDS = 5;

  /**
   * Says something.
   *
   * @param assignments such as {@code READY=1}
   * @throws IOException when it does not reach systemd
   */
  void send(List<String> assignments) throws IOException {
    if (ImageMode.current() == ImageMode.NATIVE_RUN) {
      sendDatagram(String.join("\n", assignments).getBytes(StandardCharsets.UTF_8));
    } else {
      runCommand(assignments);
    }
  }

  private void sendDatagram(byte[] message) throws IOException {
    var to = socketAddress();
    var socket = LibC.socket(LibC.AF_UNIX, LibC.SOCK_DGRAM_CLOEXEC, 0);
    if (socket < 0) {
      throw new IOException("no socket can be made");
    }
    try (var pinnedMessage = PinnedObject.create(message);
        var pinnedTo = PinnedObject.create(to)) {
      var sent =
          LibC.sendto(
              socket,
              pinnedMessage.addressOfArrayElement(0),
              WordFactory.unsigned(message.length),
              LibC.MSG_NOSIGNAL,
              pinnedTo.addressOfArrayElement(0),
              to.length);
      if (sent.rawValue() != message.length) {
        throw new IOException("nobody listens on " + address);
      }
    } finally {
      LibC.close(socket);
    }
  }

  /** A {@code sockaddr_un}. An abstract name begins with a zero and does not end with one. */
  byte[] socketAddress() throws IOException {
    var name = address.getBytes(StandardCharsets.UTF_8);
    if (name.length > LONGEST_PATH) {
      throw new IOException("the name of the socket is too long: " + address);
    }
    var isAbstract = address.startsWith("@");
    if (isAbstract) {
      name[0] = 0;
    }
    return ByteBuffer.allocate(FAMILY_BYTES + name.length + (isAbstract ? 0 : 1))
        .order(ByteOrder.nativeOrder())
        .putShort((short) LibC.AF_UNIX)
        .put(name)
        .array();
  }

  private void runCommand(List<String> assignments) throws IOException {
    var command = new ArrayList<>(List.of("systemd-notify", "--no-block"));
    command.addAll(assignments);
    var builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("NOTIFY_SOCKET", address);
    var process = builder.start();
    try {
      if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException("systemd-notify failed");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the notifier", e);
    }
  }
}
