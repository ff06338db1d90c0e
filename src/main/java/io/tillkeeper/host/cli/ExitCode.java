package io.tillkeeper.host.cli;

/** What a command ends with: 0, 1, or a code of {@code sysexits.h}. */
final class ExitCode {

  /** Done. */
  static final int OK = 0;

  /** Done, and not well: a person should look. */
  static final int NOT_WELL = 1;

  /** The command was called in a wrong way, or for something that is not there. */
  static final int USAGE = 64;

  /** A file cannot be read, or is not what it should be. */
  static final int NO_INPUT = 66;

  /** The daemon is not there. */
  static final int UNAVAILABLE = 69;

  /** A fault in Tillkeeper. */
  static final int SOFTWARE = 70;

  /** A file cannot be written. */
  static final int CANT_CREATE = 73;

  /** Not now: the same later may work. */
  static final int TRY_LATER = 75;

  /** Whoever called it may not. */
  static final int NOT_PERMITTED = 77;

  /** The configuration is wrong. */
  static final int CONFIG = 78;

  private ExitCode() {}
}
