package io.tillkeeper.simulator;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The releases of Odoo that can be stood in for, and where they differ on the wire. */
enum OdooVersion {
  V16("16.0"),
  V17("17.0"),
  V18("18.0"),
  V19("19.0");

  private final String code;

  OdooVersion(String code) {
    this.code = code;
  }

  static OdooVersion of(String code) {
    for (OdooVersion version : values()) {
      if (version.code.equals(code)) {
        return version;
      }
    }
    throw new IllegalArgumentException(
        "Odoo "
            + code
            + " is not known, only "
            + Arrays.stream(values()).map(OdooVersion::code).collect(Collectors.joining(", ")));
  }

  String code() {
    return code;
  }

  int major() {
    return Integer.parseInt(code.substring(0, code.indexOf('.')));
  }

  boolean atLeast(OdooVersion other) {
    return compareTo(other) >= 0;
  }

  /** Whether {@code /json/2}, {@code /web/version} and {@code /json/version} exist. */
  boolean hasJson2() {
    return atLeast(V19);
  }
}
