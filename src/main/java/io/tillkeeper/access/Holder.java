package io.tillkeeper.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.IDN;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;

/**
 * Who a token is for; it is good for nobody else.
 *
 * @param text {@code console} for the daemon's own page, {@code program} for what is no page, else
 *     the exact origin of a page as a browser writes it
 */
@RegisterForReflection
public record Holder(@JsonValue String text) {

  /** The page that the daemon itself serves. */
  public static final Holder CONSOLE = new Holder("console");

  /** What is no page: it sends no {@code Origin}. */
  public static final Holder PROGRAM = new Holder("program");

  /** As it was written down. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Holder {
    Objects.requireNonNull(text);
  }

  /**
   * The pages of an origin.
   *
   * @param address such as {@code https://shop.odoo.com}
   * @throws IllegalArgumentException when it is none; the message is a sentence
   */
  public static Holder pagesOf(String address) {
    try {
      var parsed = URI.create(ascii(address));
      var scheme = String.valueOf(parsed.getScheme()).toLowerCase(Locale.ROOT);
      var host = parsed.getHost();
      if (host != null && !host.endsWith(".") && isBare(parsed) && isWeb(scheme)) {
        return new Holder(
            scheme + "://" + host.toLowerCase(Locale.ROOT) + port(scheme, parsed.getPort()));
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "The origin of a page is its scheme, host and port, such as https://shop.odoo.com.");
  }

  private static boolean isWeb(String scheme) {
    return scheme.equals("https") || scheme.equals("http");
  }

  private static boolean isBare(URI address) {
    return address.getRawUserInfo() == null
        && address.getRawQuery() == null
        && address.getRawFragment() == null
        && (address.getRawPath().isEmpty() || address.getRawPath().equals("/"));
  }

  private static String port(String scheme, int port) {
    var usual = scheme.equals("https") ? 443 : 80;
    if (port == 0 || port > 65_535) {
      throw new IllegalArgumentException();
    }
    return port < 0 || port == usual ? "" : ":" + port;
  }

  /** As a browser writes a name with letters of other alphabets. */
  private static String ascii(String address) {
    var start = address.indexOf("://") + 3;
    return start < 3
        ? address
        : address.substring(0, start) + IDN.toASCII(address.substring(start));
  }

  /** Whether the call comes from there. */
  boolean made(Call call) {
    return switch (text) {
      case "console" -> call.fromOwnPage();
      case "program" -> call.origin() == null;
      default -> text.equals(call.origin());
    };
  }
}
