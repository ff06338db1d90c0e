package io.tillkeeper.odoo;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An API key, which shows itself to nobody who does not ask for it by name. */
final class ApiKey {

  private final String secret;

  private ApiKey(String secret) {
    this.secret = secret;
  }

  /**
   * Empty when the text cannot be a key: nothing, or something else than visible ASCII. Such a text
   * must not get as far as the HTTP client, whose complaint about a header quotes it.
   */
  static Optional<ApiKey> of(String text) {
    String stripped = text.strip();
    boolean visible = stripped.chars().allMatch(c -> c > ' ' && c < 0x7f);
    return stripped.isEmpty() || !visible ? Optional.empty() : Optional.of(new ApiKey(stripped));
  }

  /** The key itself, for the request and nothing else. */
  String secret() {
    return secret;
  }

  /** The text without the key in it, should Odoo have quoted it. */
  String hideIn(String text) {
    return text.replace(secret, "***");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ApiKey key && key.secret.equals(secret);
  }

  @Override
  public int hashCode() {
    return secret.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
