package io.tillkeeper.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretPlacesTest {

  @TempDir Path folder;

  private static Properties properties(String key, String value) {
    var properties = new Properties();
    properties.setProperty(key, value);
    return properties;
  }

  @ParameterizedTest
  @CsvSource({
    "tillkeeper.odoo.api-key, tillkeeper.odoo.api-key",
    "%prod.tillkeeper.odoo.api-key, tillkeeper.odoo.api-key",
    "'%{prod,dev}.tillkeeper.odoo.api-key', tillkeeper.odoo.api-key",
    "tillkeeper.odoo.proxy-password, tillkeeper.odoo.proxy-password",
  })
  void aSecretOnTheCommandLineIsNamedAndNotSaid(String property, String key) {
    assertThat(SecretPlaces.problems(properties(property, "hidden"), Optional.empty()))
        .singleElement()
        .asString()
        .startsWith(key + " is set on the command line")
        .contains(key + "-file")
        .doesNotContain("hidden")
        .endsWith(".");
  }

  @ParameterizedTest
  @CsvSource({
    "tillkeeper.odoo.api-key-file, /etc/tillkeeper/api-key",
    "tillkeeper.odoo.database, shop",
    "tillkeeper.odoo.api-key, ''",
    "tillkeeper.odoo.api-key, ${KEY}",
  })
  void whatIsNoSecretMayBeThere(String key, String value) {
    assertThat(SecretPlaces.problems(properties(key, value), Optional.empty())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw-rw----", "rw-r---w-"})
  void aFileWithASecretThatOthersGetAtIsNamed(String rights) throws IOException {
    var file = file("tillkeeper.shop.country=ES\ntillkeeper.odoo.api-key = hidden\n", rights);

    assertThat(problems(file))
        .singleElement()
        .asString()
        .startsWith(file + ", which holds tillkeeper.odoo.api-key, ")
        .contains("'chmod g-w,o= " + file + "'")
        .doesNotContain("hidden");
  }

  @ParameterizedTest
  @CsvSource({
    "tillkeeper.odoo.api-key=hidden, rw-r-----",
    "tillkeeper.odoo.api-key=, rw-rw-rw-",
    "#tillkeeper.odoo.api-key=hidden, rw-rw-rw-",
    "tillkeeper.shop.country=ES, rw-r--r--",
  })
  void anyOtherFileIsGood(String line, String rights) throws IOException {
    assertThat(problems(file(line, rights))).isEmpty();
  }

  @Test
  void aFileThatIsGoneIsSaidByWhoReadsIt() {
    assertThat(problems(folder.resolve("none"))).isEmpty();
  }

  private List<String> problems(Path file) {
    return SecretPlaces.problems(new Properties(), Optional.of(file));
  }

  private Path file(String content, String rights) throws IOException {
    var file = Files.writeString(folder.resolve("box.properties"), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
  }
}
