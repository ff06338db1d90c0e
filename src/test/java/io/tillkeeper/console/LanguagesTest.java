package io.tillkeeper.console;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The language files of the console say the same things, each in its own words. */
class LanguagesTest {

  private static final Path CONSOLE = Path.of("src/main/resources/META-INF/resources/console");
  private static final Path FILES = CONSOLE.resolve("lang");
  private static final Path MODEL = FILES.resolve("en.js");
  private static final String HEAD = "export default ";

  /** A language may have more or fewer forms than another, but always the last. */
  private static final Pattern FORM = Pattern.compile("\\.(zero|one|two|few|many)$");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\w+}");

  /** A key, or the beginning of keys whose end is a code that the daemon gives. */
  private static final Pattern USED =
      Pattern.compile("\\b(t|told|counted|missing)\\(\\s*(?:'([^']+)'|`([^`$]+)\\$\\{)");

  private final JsonMapper json =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  static Stream<Path> languages() throws IOException {
    return Files.list(FILES).sorted();
  }

  private Map<String, String> words(Path file) {
    try {
      var text = Files.readString(file);
      assertThat(text).startsWith(HEAD + "{");
      return json.readValue(text.substring(HEAD.length()), new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new AssertionError(file + " is not JSON after '" + HEAD + "'", e);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Set<String> placeholders(String words) {
    var found = new TreeSet<String>();
    PLACEHOLDER.matcher(words).results().forEach(match -> found.add(match.group()));
    return found;
  }

  /** What each key must mention, without the forms for one, two or few. */
  private static Map<String, Set<String>> outline(Map<String, String> words) {
    return words.keySet().stream()
        .filter(key -> !FORM.matcher(key).find())
        .filter(key -> !key.equals("problem.invalid-customer"))
        .filter(key -> !key.equals("problem.decision-does-not-fit"))
        .collect(
            toMap(
                Function.identity(),
                key -> placeholders(words.get(key)),
                (one, other) -> one,
                TreeMap::new));
  }

  @ParameterizedTest
  @MethodSource("languages")
  void aLanguageSaysWhatEnglishSays(Path file) {
    assertThat(outline(words(file))).isEqualTo(outline(words(MODEL)));
  }

  @ParameterizedTest
  @MethodSource("languages")
  void aFormForANumberMentionsNothingThatTheOtherDoesNot(Path file) {
    var words = words(file);
    words.forEach(
        (key, form) -> {
          if (FORM.matcher(key).find()) {
            var other = words.get(FORM.matcher(key).replaceFirst(".other"));
            assertThat(other).as(key).isNotNull();
            assertThat(placeholders(other)).as(key).containsAll(placeholders(form));
          }
        });
  }

  @ParameterizedTest
  @MethodSource("languages")
  void aLanguageCanBeChosenAndHasADirection(Path file) throws IOException {
    var code = file.getFileName().toString().replace(".js", "");

    assertThat(Files.readString(CONSOLE.resolve("i18n.js"))).contains(" " + code + ": '");
    assertThat(words(file).get("dir")).isIn("ltr", "rtl");
  }

  @Test
  void whatThePageSaysIsInTheLanguageFiles() throws IOException {
    var keys = words(MODEL).keySet();
    try (var modules = Files.list(CONSOLE)) {
      for (var module : modules.filter(file -> file.toString().endsWith(".js")).toList()) {
        USED.matcher(Files.readString(module))
            .results()
            .forEach(
                use -> {
                  var whole = use.group(2);
                  var wanted =
                      whole == null || !use.group(1).equals("counted") ? whole : whole + ".other";
                  assertThat(keys)
                      .as("%s: %s", module.getFileName(), use.group())
                      .anyMatch(
                          key ->
                              wanted == null ? key.startsWith(use.group(3)) : key.equals(wanted));
                });
      }
    }
  }
}
