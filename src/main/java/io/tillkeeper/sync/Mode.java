package io.tillkeeper.sync;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the operator wants. */
public enum Mode {
  /** Deliver whenever Odoo can be reached. */
  AUTO,
  /** Airplane mode: never call Odoo. */
  OFFLINE,
  /** For shops that must not queue: nothing is accepted while the link is not up. */
  ONLINE_ONLY;

  /** The word for it in the API, in logs and on the disk. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reads a code; empty when it is none. */
  public static Optional<Mode> parse(String code) {
    return Arrays.stream(values()).filter(mode -> mode.code().equals(code)).findFirst();
  }
}
