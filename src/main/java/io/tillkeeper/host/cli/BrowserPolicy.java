package io.tillkeeper.host.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The file by which whoever manages a browser lets the pages of one origin reach this machine's
 * loopback, so that the cashier is not asked. What is in the file besides stays.
 */
enum BrowserPolicy {
  /**
   * Chromium and Chrome. The older name, too, is understood by those before 146; what both name is
   * allowed by either.
   */
  CHROMIUM {
    @Override
    void allow(ObjectNode root, String origin) {
      add(root.withArray("LoopbackNetworkAllowedForUrls"), origin);
      add(root.withArray("LocalNetworkAccessAllowedForUrls"), origin);
    }
  },
  /** Firefox from 150 on, which goes by the name of the host alone. */
  FIREFOX {
    @Override
    void allow(ObjectNode root, String origin) {
      add(
          root.withObject("policies").withObject("LocalNetworkAccess").withArray("SkipDomains"),
          URI.create(origin).getHost());
    }
  };

  abstract void allow(ObjectNode root, String origin);

  private static void add(ArrayNode list, String text) {
    if (list.valueStream().map(JsonNode::asText).noneMatch(text::equals)) {
      list.add(text);
    }
  }

  /**
   * Adds an origin to the file.
   *
   * @throws CommandFailed when what is there is no policy, or cannot be written
   */
  void write(Path file, String origin) {
    try {
      var root = read(file);
      allow(root, origin);
      replace(file, LocalApi.JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
    } catch (JsonProcessingException | UnsupportedOperationException e) {
      throw CommandFailed.usage(
          "The file %s is there and is no browser's policy; it is left as it is.".formatted(file));
    } catch (IOException e) {
      throw new CommandFailed(
          ExitCode.CANT_CREATE,
          "The file %s cannot be written: %s.".formatted(file, e.getClass().getSimpleName()));
    }
  }

  private static ObjectNode read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return LocalApi.JSON.createObjectNode();
    }
    if (LocalApi.JSON.readTree(Files.readAllBytes(file)) instanceof ObjectNode root) {
      return root;
    }
    throw new UnsupportedOperationException("not an object");
  }

  /** For every browser on the box to read. */
  private static void replace(Path file, byte[] content) throws IOException {
    var directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    var part = Files.createTempFile(directory, "tillkeeper", ".part");
    try {
      Files.write(part, content);
      Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-r--r--"));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
