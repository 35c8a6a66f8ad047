package io.levin.launcher;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/**
 * A signer that is trusted: the holder of one certificate, or whoever a certain authority calls by
 * a name.
 *
 * @param fingerprint SHA-256 of the certificate, or of the authority's
 * @param subject name that the authority vouches for; null where the certificate itself is meant
 */
record SignerRule(String fingerprint, X500Principal subject) {

  /** Whether this is about the signer, whatever may then stand against it. */
  boolean isAbout(List<X509Certificate> chain) {
    return subject == null
        ? fingerprint(chain.get(0)).equals(fingerprint)
        : chain.get(0).getSubjectX500Principal().equals(subject) && authority(chain) > 0;
  }

  /** What stands against a signer whom this is about, today. */
  Optional<String> objection(List<X509Certificate> chain) {
    X509Certificate own = chain.get(0);
    try {
      own.checkValidity();
      if (subject != null) {
        int authority = authority(chain);
        PKIXParameters parameters =
            new PKIXParameters(Set.of(new TrustAnchor(chain.get(authority), null)));
        parameters.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX")
            .validate(
                CertificateFactory.getInstance("X.509")
                    .generateCertPath(chain.subList(0, authority)),
                parameters);
      }
      return Optional.empty();
    } catch (java.security.cert.CertificateExpiredException e) {
      return Optional.of(
          "the certificate of its signer, %s, expired on %s."
              .formatted(
                  name(own), own.getNotAfter().toInstant().atZone(ZoneOffset.UTC).toLocalDate()));
    } catch (GeneralSecurityException e) {
      return Optional.of(
          "the certificate of its signer, %s, does not hold: %s."
              .formatted(name(own), e.getMessage()));
    }
  }

  /** Where in a chain the authority is; -1 when it is not there. */
  private int authority(List<X509Certificate> chain) {
    return chain.stream().map(SignerRule::fingerprint).toList().indexOf(fingerprint);
  }

  static String name(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName(X500Principal.RFC1779);
  }

  /** SHA-256 in small hexadecimal digits. */
  static String fingerprint(X509Certificate certificate) {
    try {
      return PluginCopies.sha256(certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("it was decoded before", e);
    }
  }
}
