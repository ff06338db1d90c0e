package io.tillkeeper.odoo;

import org.jspecify.annotations.Nullable;

/**
 * One thing that was looked at, for a technician; never a customer's data, never a secret.
 *
 * @param subject what was looked at, in a word or two
 * @param sentence how it is
 * @param hint what to do about it; null when there is nothing to do
 */
public record Finding(String subject, Level level, String sentence, @Nullable String hint) {

  /** How it is. */
  public enum Level {
    OK,
    /** It works, and should be looked at. */
    WARNING,
    /** Something does not work. */
    ERROR
  }

  /** All is well. */
  public static Finding ok(String subject, String sentence) {
    return new Finding(subject, Level.OK, sentence, null);
  }

  /** It works, and should be looked at. */
  public static Finding warning(String subject, String sentence, String hint) {
    return new Finding(subject, Level.WARNING, sentence, hint);
  }

  /** It does not work. */
  public static Finding error(String subject, String sentence, String hint) {
    return new Finding(subject, Level.ERROR, sentence, hint);
  }

  static Finding error(String subject, Diagnosis diagnosis) {
    return error(subject, diagnosis.sentence(), diagnosis.hint());
  }
}
