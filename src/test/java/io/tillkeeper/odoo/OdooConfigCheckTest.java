package io.tillkeeper.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillkeeper.storage.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OdooConfigCheckTest {

  private static final TestConfig GOOD = TestConfig.of("https://shop.example.com");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://shop.example.com",
        "https://shop.example.com/",
        "http://192.168.1.5:8069",
        "HTTPS://shop.example.com:443",
        "http://[::1]:8069"
      })
  void theRootOfAServerIsAnAddress(String url) {
    assertThat(OdooConfigCheck.firstProblem(TestConfig.of(url))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop.example.com",
        "ftp://shop.example.com",
        "https:///",
        "https:shop",
        "https://shop_1.example.com",
        "https://user:hidden@shop.example.com",
        "https://hidden@shop_1.example.com",
        "https://shop.example.com/odoo",
        "https://shop.example.com/?db=hidden",
        "https://shop.example.com/#hidden",
        "https://shop.example.com:99999",
      })
  void anythingElseIsNot(String url) {
    assertThat(OdooConfigCheck.firstProblem(TestConfig.of(url)))
        .get()
        .asString()
        .startsWith("tillkeeper.odoo.url ")
        .doesNotContain("hidden");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://proxy.lan:3128", "http://10.0.0.1:8080/", "http://[::1]:3128"})
  void aProxyIsAHostAndAPort(String proxy) {
    assertThat(OdooConfigCheck.firstProblem(GOOD.byProxy(proxy))).isEmpty();
    assertThat(OdooConfigCheck.firstProblem(GOOD.byProxy(proxy).withProxyUser("till", "p: w")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proxy.lan:3128",
        "https://proxy.lan:3128",
        "socks5://proxy.lan:1080",
        "http://user:hidden@proxy.lan:3128",
        "http://proxy.lan",
        "http://proxy.lan:99999",
        "http:///",
        "http://proxy.lan:3128/hidden",
        "http://proxy.lan:3128/?hidden",
        "http://proxy.lan:3128/#hidden",
      })
  void anythingElseIsNoProxy(String proxy) {
    assertThat(OdooConfigCheck.firstProblem(GOOD.byProxy(proxy)))
        .get()
        .asString()
        .startsWith("tillkeeper.odoo.proxy ")
        .doesNotContain("hidden");
  }

  @Test
  void aNameForTheProxyNeedsOnePassword() throws IOException {
    Path file = keyFile("password", "hidden\n");
    TestConfig by = GOOD.byProxy("http://proxy.lan:3128");

    assertThat(
            OdooConfigCheck.firstProblem(
                by.withProxyUser("till", null).withProxyPasswordFile(file)))
        .isEmpty();
    assertProblem(by.withProxyUser("till", null), "tillkeeper.odoo.proxy-password");
    assertProblem(by.withProxyUser("till", " "), "tillkeeper.odoo.proxy-password");
    assertProblem(by.withProxyUser("till", "a\nb"), "tillkeeper.odoo.proxy-password");
    assertProblem(by.withProxyUser(null, "hidden"), "tillkeeper.odoo.proxy-user");
    assertProblem(by.withProxyUser("ti:ll", "hidden"), "tillkeeper.odoo.proxy-user");
    assertProblem(GOOD.withProxyUser("till", "hidden"), "tillkeeper.odoo.proxy-user");
    assertProblem(
        by.withProxyUser("till", "hidden").withProxyPasswordFile(file),
        "tillkeeper.odoo.proxy-password-file");
    assertProblem(
        by.withProxyUser("till", null).withProxyPasswordFile(folder.resolve("none")),
        "tillkeeper.odoo.proxy-password-file");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertProblem(
        by.withProxyUser("till", null).withProxyPasswordFile(file),
        "can be read by everybody on this box");
  }

  @Test
  void withoutAServerNothingElseIsNeeded() {
    TestConfig nothing = GOOD.withoutUrl().withDatabase(null).withKey(null);
    assertThat(OdooConfigCheck.firstProblem(nothing)).isEmpty();
    assertProblem(nothing.withTimeout(Duration.ZERO), "tillkeeper.odoo.timeout");
  }

  @Test
  void aServerNeedsADatabase() {
    assertProblem(GOOD.withDatabase(null), "tillkeeper.odoo.database");
    assertProblem(GOOD.withDatabase(" "), "tillkeeper.odoo.database");
    assertProblem(GOOD.withDatabase("caf\u00e9"), "tillkeeper.odoo.database");
  }

  @Test
  void aCallNeedsTime() {
    assertProblem(GOOD.withTimeout(Duration.ofSeconds(-1)), "tillkeeper.odoo.timeout");
  }

  @Test
  void aServerNeedsOneKey() throws IOException {
    Path file = keyFile("key", TestConfig.KEY + "\n");
    assertProblem(GOOD.withKey(null), "tillkeeper.odoo.api-key-file");
    assertProblem(GOOD.withKey(" "), "tillkeeper.odoo.api-key");
    assertProblem(GOOD.withKey("hidden key"), "tillkeeper.odoo.api-key");
    assertProblem(GOOD.withKeyFile(file).withKey("hidden"), "not both");
    assertThat(OdooConfigCheck.firstProblem(GOOD.withKeyFile(file))).isEmpty();
  }

  private Path keyFile(String name, String content) throws IOException {
    var file = Files.writeString(folder.resolve(name), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void aKeyThatEverybodyCanReadIsNone() throws IOException {
    var file = keyFile("key", TestConfig.KEY);
    for (var rights : List.of("rw-r--r--", "-w----r--")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
      var config = GOOD.withKeyFile(file);

      assertProblem(config, "can be read by everybody on this box");
      assertThatThrownBy(() -> new ApiKeySource(config, Optional.empty()).read())
          .isInstanceOf(LinkLost.class)
          .hasMessageContaining("can be read by everybody");
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(OdooConfigCheck.firstProblem(GOOD.withKeyFile(file))).isEmpty();
  }

  @Test
  void aKeyThatEverybodyCanChangeIsNone() throws IOException {
    var file = keyFile("key", TestConfig.KEY);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r---w-"));
    var config = GOOD.withKeyFile(file);

    assertProblem(config, "can be changed by everybody on this box; 'chmod o= ");
    assertThatThrownBy(() -> new ApiKeySource(config, Optional.empty()).read())
        .isInstanceOf(LinkLost.class)
        .hasMessageContaining("can be changed by everybody");
  }

  @Test
  void aKeyFileHoldsAKey() throws IOException {
    Path empty = keyFile("empty", "");
    Path later = keyFile("later", "\nhidden\n");
    Path binary = Files.write(folder.resolve("binary"), new byte[] {0, (byte) 0xff, 7});
    assertProblem(GOOD.withKeyFile(empty), "tillkeeper.odoo.api-key-file");
    assertProblem(GOOD.withKeyFile(later), "tillkeeper.odoo.api-key-file");
    assertProblem(GOOD.withKeyFile(binary), "tillkeeper.odoo.api-key-file");
    assertProblem(GOOD.withKeyFile(folder), "tillkeeper.odoo.api-key-file");
    assertProblem(GOOD.withKeyFile(folder.resolve("none")), "tillkeeper.odoo.api-key-file");
  }

  @Test
  void theCredentialOfTheServiceIsTakenWhenNothingElseIsSet() throws IOException {
    Path credential = Files.writeString(folder.resolve("odoo-api-key"), "0123456789abcdef\n");
    Optional<SecretFile> given = SecretFile.credential("odoo-api-key", folder.toString());
    OdooConfig none = GOOD.withKey(null);
    assertThat(given).map(SecretFile::path).contains(credential);
    assertThat(OdooConfigCheck.problems(none, new ApiKeySource(none, given))).isEmpty();
    assertThat(new ApiKeySource(none, given).read().secret()).isEqualTo("0123456789abcdef");
    assertThat(new ApiKeySource(GOOD, given).read().secret()).isEqualTo(TestConfig.KEY);

    Files.writeString(credential, "hidden key\n");
    assertThat(OdooConfigCheck.problems(none, new ApiKeySource(none, given)))
        .containsExactly("The first line of credential odoo-api-key is not a key.");
  }

  @Test
  void anEmptyOrMissingCredentialIsNone() throws IOException {
    OdooConfig none = GOOD.withKey(null);
    Optional<SecretFile> given = SecretFile.credential("odoo-api-key", folder.toString());
    assertThat(OdooConfigCheck.problems(none, new ApiKeySource(none, given)))
        .singleElement()
        .asString()
        .endsWith("one is needed when tillkeeper.odoo.url is set.");
    Files.writeString(folder.resolve("odoo-api-key"), "\n");
    assertThat(OdooConfigCheck.problems(none, new ApiKeySource(none, given))).hasSize(1);
    assertThat(SecretFile.credential("odoo-api-key", "")).isEmpty();
  }

  @Test
  void everythingThatIsWrongIsNamed() {
    OdooConfig wrong = TestConfig.of("ftp://shop").withDatabase(null).withKey(null);
    assertThat(OdooConfigCheck.problems(wrong, new ApiKeySource(wrong, Optional.empty())))
        .hasSize(3);
  }

  @Test
  void aFileOfAuthoritiesHoldsCertificates() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "hidden\n");
    assertProblem(GOOD.withCaFile(text), "tillkeeper.odoo.ca-file");
    assertProblem(GOOD.withCaFile(folder.resolve("none")), "tillkeeper.odoo.ca-file");
  }

  private static void assertProblem(OdooConfig config, String part) {
    assertThat(OdooConfigCheck.firstProblem(config))
        .get()
        .asString()
        .contains(part)
        .doesNotContain("hidden")
        .endsWith(".");
  }
}
