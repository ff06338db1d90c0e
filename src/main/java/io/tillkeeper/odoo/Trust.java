package io.tillkeeper.odoo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whose word is taken for who a server is: that of the authorities that Java knows, and more. */
final class Trust {

  /** Whatever the settings of Java allow: what is older than these can be broken. */
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private Trust() {}

  /** What is asked of a secure connection: who is at the other end is always verified. */
  static SSLParameters parameters() {
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(PROTOCOLS);
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    return parameters;
  }

  /**
   * @param more a file of certificates of further authorities
   * @throws LinkLost when that file cannot be read, or holds none
   */
  static SSLContext context(Optional<Path> more) {
    try {
      if (more.isEmpty()) {
        return SSLContext.getDefault();
      }
      List<Certificate> authorities = new ArrayList<>(read(more.get()));
      for (TrustManager known : managers(null)) {
        if (known instanceof X509TrustManager manager) {
          authorities.addAll(Arrays.asList(manager.getAcceptedIssuers()));
        }
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(storeOf(authorities)), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("This Java cannot make secure connections", e);
    }
  }

  private static Collection<? extends Certificate> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new CertificateException("None");
      }
      return found;
    } catch (IOException | CertificateException e) {
      throw new LinkLost(
          LinkCause.TLS,
          "tillkeeper.odoo.ca-file, %s, holds no certificates that can be read (%s)"
              .formatted(file, e.getClass().getSimpleName()),
          e,
          null);
    }
  }

  private static KeyStore storeOf(List<Certificate> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("authority-" + i, authorities.get(i));
    }
    return store;
  }

  /**
   * @param store null for the authorities that Java knows
   */
  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
