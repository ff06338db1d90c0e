package io.tillkeeper.odoo;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Why a secure connection could not be made. */
final class TlsFault {

  private TlsFault() {}

  static Diagnosis diagnosis(List<Throwable> chain) {
    if (TransportFault.has(chain, CertificateNotYetValidException.class)) {
      return Diagnosis.of(LinkDetail.NOT_YET_VALID);
    }
    if (TransportFault.has(chain, CertificateExpiredException.class)) {
      return Diagnosis.of(LinkDetail.EXPIRED);
    }
    if (TransportFault.has(chain, CertPathBuilderException.class)) {
      return Diagnosis.of(LinkDetail.NOT_TRUSTED);
    }
    if (isAboutTheName(chain)) {
      return Diagnosis.of(LinkDetail.OTHER_NAME);
    }
    return chain.stream().anyMatch(TlsFault::isAnotherProtocol)
        ? Diagnosis.of(LinkDetail.NOT_TLS)
        : Diagnosis.of(LinkCause.TLS);
  }

  /** The check of the name throws the general exception; what is wrong with a path has its own. */
  private static boolean isAboutTheName(List<Throwable> chain) {
    return chain.stream().anyMatch(t -> t.getClass() == CertificateException.class)
        && !TransportFault.has(chain, CertPathValidatorException.class);
  }

  /** Java has no exception for it, only these words, which are in no other language either. */
  private static boolean isAnotherProtocol(Throwable fault) {
    return fault instanceof SSLException
        && String.valueOf(fault.getMessage())
            .toLowerCase(Locale.ROOT)
            .contains("unrecognized ssl message");
  }
}
