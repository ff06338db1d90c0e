package io.tillkeeper.odoo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tillkeeper.storage.SecretFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How this box says to the proxy who it is: by a name and a password, from the configuration or a
 * file that it names. The file is read each time, so that a new password needs no restart.
 */
final class ProxyPassword {

  private static final String USER = "tillkeeper.odoo.proxy-user";
  private static final String PASSWORD = "tillkeeper.odoo.proxy-password";
  private static final String FILE = "tillkeeper.odoo.proxy-password-file";

  private final OdooConfig config;

  ProxyPassword(OdooConfig config) {
    this.config = config;
  }

  /**
   * The value of the header; empty when there is no name to be said.
   *
   * @throws LinkLost with {@link LinkCause#PROXY_PASSWORD} when the password cannot be read
   */
  Optional<String> authorization() {
    return config.proxyUser().map(user -> "Basic " + basic(user, read()));
  }

  /** What is wrong with it: one sentence for a technician each. */
  List<String> problems() {
    return Stream.of(together(), user(), file()).flatMap(Optional::stream).limit(1).toList();
  }

  private Optional<String> together() {
    boolean inline = config.proxyPassword().isPresent();
    boolean file = config.proxyPasswordFile().isPresent();
    if (inline && file) {
      return Optional.of("Set either %s or %s, not both.".formatted(PASSWORD, FILE));
    }
    if (config.proxyUser().isEmpty()) {
      return inline || file
          ? Optional.of(USER + " is missing; the password of the proxy is nobody's without it.")
          : Optional.empty();
    }
    if (config.proxy().isEmpty()) {
      return Optional.of(USER + " is of no use without tillkeeper.odoo.proxy.");
    }
    return inline || file
        ? Optional.empty()
        : Optional.of(
            "%s or %s is missing; one is needed with %s.".formatted(PASSWORD, FILE, USER));
  }

  /** A colon ends the name on its way to the proxy. */
  private Optional<String> user() {
    return config
        .proxyUser()
        .filter(name -> name.isBlank() || name.contains(":") || !isText(name))
        .map(name -> USER + " is empty or holds characters that no name has.");
  }

  private Optional<String> file() {
    if (config.proxyPassword().isPresent()) {
      return isPassword(config.proxyPassword().get())
          ? Optional.empty()
          : Optional.of(PASSWORD + " is empty or holds characters that no password has.");
    }
    Optional<SecretFile> file = config.proxyPasswordFile().map(SecretFile::new);
    if (file.filter(SecretFile::isForEverybody).isPresent()) {
      return file.map(exposed -> exposed.exposure(FILE));
    }
    try {
      return file.isEmpty() || isPassword(file.get().firstLine())
          ? Optional.empty()
          : Optional.of(
              "The first line of %s, %s, is no password.".formatted(FILE, file.get().path()));
    } catch (IOException e) {
      return Optional.of(
          "%s, %s, cannot be read (%s)."
              .formatted(FILE, file.get().path(), e.getClass().getSimpleName()));
    }
  }

  private byte[] read() {
    Optional<SecretFile> file = config.proxyPasswordFile().map(SecretFile::new);
    if (file.isEmpty()) {
      return config.proxyPassword().orElse("").strip().getBytes(UTF_8);
    }
    if (file.get().isForEverybody()) {
      throw noPassword(FILE + " " + file.get().exposed());
    }
    try {
      String line = file.get().firstLine();
      if (isPassword(line)) {
        return line.getBytes(ISO_8859_1); // the bytes as they are in the file
      }
    } catch (IOException e) {
      throw noPassword(FILE + " cannot be read: " + e.getClass().getSimpleName());
    }
    throw noPassword("The first line of " + FILE + " is no password");
  }

  private static String basic(String user, byte[] password) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes((user.strip() + ":").getBytes(UTF_8));
    both.writeBytes(password);
    return Base64.getEncoder().encodeToString(both.toByteArray());
  }

  private static boolean isPassword(String text) {
    return !text.isBlank() && isText(text);
  }

  private static boolean isText(String text) {
    return text.chars().noneMatch(c -> c < ' ' || c == 0x7f);
  }

  private static LinkLost noPassword(String detail) {
    return new LinkLost(LinkCause.PROXY_PASSWORD, detail, null, null);
  }
}
