package io.tillkeeper.customer;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The normal forms by which customers are compared and found. What Odoo gets stays as it was typed.
 *
 * <p>None of these fails on any text: what has no normal form is compared as well as it can be.
 */
public final class Normal {

  private static final Pattern ADDRESS_IN_BRACKETS = Pattern.compile(".*<([^<>]*)>[^<>]*");
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");
  private static final Pattern NEITHER_LETTER_NOR_DIGIT = Pattern.compile("[^\\p{L}\\p{Nd}]+");
  private static final Pattern NO_DIGIT = Pattern.compile("[^0-9]+");

  private final @Nullable String region;

  /**
   * @param region the country whose phone numbers need no country code, in ISO 3166 alpha-2; null
   *     when there is none
   */
  public Normal(@Nullable String region) {
    this.region = region;
  }

  /** The address alone, in lower case: Odoo's {@code email_normalized} for a single address. */
  public static String email(String typed) {
    var bracketed = ADDRESS_IN_BRACKETS.matcher(typed);
    return (bracketed.matches() ? bracketed.group(1) : typed).strip().toLowerCase(Locale.ROOT);
  }

  /**
   * In E.164 where it is a number that can be dialled, as Odoo's {@code phone_sanitized}; else its
   * digits.
   */
  public String phone(String typed) {
    var library = PhoneNumberUtil.getInstance();
    try {
      var number = library.parse(typed, region);
      if (library.isPossibleNumber(number)) {
        return library.format(number, PhoneNumberFormat.E164);
      }
    } catch (NumberParseException e) {
      // not a phone number in any known plan: its digits are all there is to compare
    }
    return NO_DIGIT.matcher(typed).replaceAll("");
  }

  /** Letters in upper case and digits; dots, dashes and spaces do not make another VAT number. */
  public static String vat(String typed) {
    return NEITHER_LETTER_NOR_DIGIT.matcher(typed).replaceAll("").toUpperCase(Locale.ROOT);
  }

  /** Lower case, without accents, single spaces: what a cashier types finds it. */
  public static String search(String typed) {
    var folded = MARKS.matcher(Normalizer.normalize(typed, Normalizer.Form.NFKD)).replaceAll("");
    return SPACES.matcher(folded).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether nothing can be seen of a text: Java's white space, the no-break spaces, and what has no
   * width.
   */
  static boolean isBlank(String text) {
    return text.codePoints()
        .allMatch(
            c ->
                Character.isWhitespace(c)
                    || Character.isSpaceChar(c)
                    || Character.getType(c) == Character.FORMAT);
  }
}
