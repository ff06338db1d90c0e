package io.tillkeeper.host.cli;

/** How a piece of text is meant, which a terminal shows by colour. */
enum Tone {
  GOOD("32"),
  WARNING("33"),
  BAD("31"),
  STRONG("1"),
  QUIET("2");

  private final String code;

  Tone(String code) {
    this.code = code;
  }

  String paint(String text) {
    return "\033[" + code + "m" + text + "\033[0m";
  }
}
