package io.tillkeeper.odoo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An authority of certificates of its own, by the tool that comes with Java. */
public final class TestAuthority {

  private static final String NAME = "authority";
  private static final char[] PASSWORD = "only-for-tests".toCharArray();

  private final Path store;
  private final Path certificate;

  public TestAuthority(Path folder) throws IOException, GeneralSecurityException {
    store = folder.resolve("keys.p12");
    certificate = folder.resolve("ca.pem");
    keytool(NAME, "-dname", "CN=A shop's own authority", "-validity", "30", "-ext", "bc:c");
    String der =
        Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(load().getCertificate(NAME).getEncoded());
    Files.writeString(
        certificate,
        "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n".formatted(der),
        US_ASCII);
  }

  /** A file with the certificate of the authority. */
  public Path certificate() {
    return certificate;
  }

  /**
   * What a server with a certificate of this authority needs.
   *
   * @param host whom it is for, as {@code ip:127.0.0.1}
   * @param firstDay when it begins, in days from now
   * @param days how long it lasts
   */
  public SSLContext server(String host, int firstDay, int days)
      throws IOException, GeneralSecurityException {
    String alias = "%s from %d for %d".formatted(host.replace(':', ' '), firstDay, days);
    keytool(
        alias,
        "-dname",
        "CN=a server",
        "-signer",
        NAME,
        "-startdate",
        "%+dd".formatted(firstDay),
        "-validity",
        String.valueOf(days),
        "-ext",
        "san=" + host);
    KeyStore all = load();
    KeyStore one = KeyStore.getInstance("PKCS12");
    one.load(null, null);
    one.setKeyEntry(alias, all.getKey(alias, PASSWORD), PASSWORD, all.getCertificateChain(alias));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(one, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private KeyStore load() throws IOException, GeneralSecurityException {
    return KeyStore.getInstance(store.toFile(), PASSWORD);
  }

  private void keytool(String alias, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD)));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), US_ASCII);
    assertThat(process.onExit().join().exitValue()).as(said).isZero();
  }
}
