package io.tillkeeper.host.cli;

import io.tillkeeper.host.BoxConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Takes out of a text what is nobody's business who helps: keys, names, addresses. */
final class Redaction {

  private static final String HIDDEN = "***";

  /** Keys whose values say nothing about anybody. */
  private static final Pattern PLAIN =
      Pattern.compile(
          "tillkeeper\\.(sync|merge|twins|feed|rehearsal)\\..*|tillkeeper\\.shop\\.country|tillkeeper\\.storage\\..*"
              + "|tillkeeper\\.api\\.largest-body|tillkeeper\\.odoo\\.(database|renamed-from|timeout|company-ids|api-key-file|ca-file|proxy-password-file)");

  private static final Pattern E_MAIL = Pattern.compile("[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+");

  /** With its country, as they are kept. */
  private static final Pattern PHONE = Pattern.compile("(?<![\\w.-])\\+\\d[\\d ()-]{6,}\\d");

  private static final Pattern LONG_KEY = Pattern.compile("(?<![\\w-])[0-9a-fA-F]{40}(?![\\w-])");
  private static final Pattern BEARER = Pattern.compile("(?i)(bearer|api[_-]?key[=:]?) +\\S+");

  private final SortedMap<String, String> values;
  private final List<String> hidden;

  private Redaction(SortedMap<String, String> values, List<String> hidden) {
    this.values = values;
    this.hidden = hidden;
  }

  static Redaction of(BoxConfig config) {
    var values = config.values();
    var hidden = new ArrayList<String>();
    config.odoo().apiKey().ifPresent(hidden::add);
    config.odoo().url().map(URI::getHost).filter(Redaction::isName).ifPresent(hidden::add);
    config.odoo().apiKeyFile().ifPresent(file -> hidden.add(firstLine(file)));
    config.odoo().proxy().map(URI::getHost).filter(Redaction::isName).ifPresent(hidden::add);
    config.odoo().proxyUser().ifPresent(hidden::add);
    config.odoo().proxyPassword().ifPresent(hidden::add);
    config.odoo().proxyPasswordFile().ifPresent(file -> hidden.add(firstLine(file)));
    return of(values, hidden);
  }

  static Redaction of(Map<String, String> values, List<String> hidden) {
    return new Redaction(
        new TreeMap<>(values),
        hidden.stream()
            .map(String::strip)
            .filter(value -> !value.isEmpty())
            .sorted(Comparator.comparing(String::length).reversed())
            .toList());
  }

  /** The name of a server says whose it is, its number does not. */
  private static boolean isName(String host) {
    return host.chars().anyMatch(Character::isLetter) && host.contains(".");
  }

  private static String firstLine(Path file) {
    try (var lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return lines.findFirst().orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  /** Every key that has a value, and the value where it says nothing about anybody. */
  String configuration() {
    var text = new StringBuilder();
    values.forEach(
        (key, value) ->
            text.append(key)
                .append('=')
                .append(PLAIN.matcher(key).matches() ? value : HIDDEN)
                .append('\n'));
    return text.toString();
  }

  String redact(String text) {
    var redacted = text;
    for (var value : hidden) {
      redacted =
          Pattern.compile("(?<!\\w)" + Pattern.quote(value) + "(?!\\w)")
              .matcher(redacted)
              .replaceAll(HIDDEN);
    }
    redacted = BEARER.matcher(redacted).replaceAll("$1 " + HIDDEN);
    redacted = LONG_KEY.matcher(redacted).replaceAll(HIDDEN);
    redacted = E_MAIL.matcher(redacted).replaceAll(HIDDEN);
    return PHONE.matcher(redacted).replaceAll(HIDDEN);
  }
}
