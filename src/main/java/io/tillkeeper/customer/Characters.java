package io.tillkeeper.customer;

/**
 * Which characters a text may have. Any script and any emoji may; what breaks a database or a
 * screen may not.
 */
final class Characters {

  private Characters() {}

  /**
   * @param lineBreaks whether line breaks and tabs are text here
   * @throws InvalidCustomer when the text is too long, or has a control character or half of a
   *     surrogate pair
   */
  static void check(String field, String text, int longest, boolean lineBreaks) {
    if (text.length() > longest) {
      throw new InvalidCustomer(
          field, "The field '" + field + "' is longer than " + longest + " characters.");
    }
    // an unpaired surrogate comes out of codePoints() as itself, and cannot be written as UTF-8
    if (text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      throw new InvalidCustomer(
          field, "The field '" + field + "' has half of a surrogate pair in it.");
    }
    if (text.chars().anyMatch(c -> Character.isISOControl(c) && !(lineBreaks && isLayout(c)))) {
      throw new InvalidCustomer(field, "The field '" + field + "' has a control character in it.");
    }
  }

  private static boolean isLayout(int c) {
    return c == '\n' || c == '\r' || c == '\t';
  }
}
