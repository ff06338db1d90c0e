package io.tillkeeper.customer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms by which customers are compared and found. */
class NormalTest {

  private final Normal spain = new Normal("ES");
  private final Normal nowhere = new Normal(null);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Ana@Example.COM              | ana@example.com
          Ana Díaz <Ana@Example.com>   | ana@example.com
          "Díaz, Ana" <ANA@example.com> | ana@example.com
          <ana@example.com>            | ana@example.com
          A <B> <ana@example.com>      | ana@example.com
          ana@example.com <            | ana@example.com <
          no address                   | no address
          """,
      quoteCharacter = '\'')
  void anEmailIsItsAddressInLowerCase(String typed, String normal) {
    assertThat(Normal.email(typed)).isEqualTo(normal);
  }

  @Test
  void anEmailIsTheSameOnABoxThatSpeaksTurkish() {
    var before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.of("tr", "TR"));
      assertThat(Normal.email("INFO@EXAMPLE.COM")).isEqualTo("info@example.com");
      assertThat(Normal.vat("esi1")).isEqualTo("ESI1");
      assertThat(Normal.search("INFO")).isEqualTo("info");
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "612345678",
        "612 34 56 78",
        "612-345-678",
        "(612) 345.678",
        "+34 612 345 678",
        "0034612345678",
        "+34\u00a0612\u00a0345\u00a0678",
        "\uff16\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18"
      })
  void aPhoneNumberOfTheShopsCountryHasOneForm(String typed) {
    assertThat(spain.phone(typed)).isEqualTo("+34612345678");
  }

  @Test
  void aForeignPhoneNumberKeepsItsCountry() {
    assertThat(spain.phone("+351 912 345 678")).isEqualTo("+351912345678");
    assertThat(spain.phone("00 44 20 7946 0958")).isEqualTo("+442079460958");
    assertThat(nowhere.phone("+351 912 345 678")).isEqualTo("+351912345678");
  }

  @Test
  void withoutACountryOrAPlanThereAreOnlyDigits() {
    assertThat(nowhere.phone("612 34 56 78")).isEqualTo("612345678");
    assertThat(spain.phone("12")).isEqualTo("12");
    assertThat(spain.phone("none")).isEmpty();
    assertThat(spain.phone("")).isEmpty();
    assertThat(spain.phone("9".repeat(1_000))).isEqualTo("9".repeat(1_000));
  }

  @Test
  void aVatNumberIsItsLettersAndDigits() {
    assertThat(Normal.vat(" es b-12.345/678 ")).isEqualTo("ESB12345678");
    assertThat(Normal.vat("EL 094259216")).isEqualTo("EL094259216");
    assertThat(Normal.vat("--")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ÁNGEL  Núñez          | angel nunez
          Łódź                  | łodz
          ﬁne ＡＢＣ            | fine abc
          İstanbul              | istanbul
          Ὀδυσσεύς              | οδυσσευς
          ЁЛКА                  | елка
          한국                  | 한국
          """)
  void whatIsSearchedHasNeitherCaseNorAccents(String typed, String folded) {
    // composed and decomposed alike, as NFKD leaves both the same
    assertThat(Normal.search(typed)).isEqualTo(Normal.search(folded));
  }

  @Test
  void whatIsSearchedHasSingleSpaces() {
    assertThat(Normal.search("  Ana\u00a0\u3000María\tde\nla ")).isEqualTo("ana maria de la");
    assertThat(Normal.search("\u00a0")).isEmpty();
  }
}
