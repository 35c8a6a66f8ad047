package io.levin.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/**
 * Who signed a jar, found by reading all of it.
 *
 * @param signers certificate chains, the signer's own certificate first, of those who signed every
 *     entry
 * @param tampering an entry that is not as it was when it was signed
 * @param gap an entry that was added without a signature, or taken away, in a jar that is signed
 */
record Signatures(
    List<List<X509Certificate>> signers, Optional<String> tampering, Optional<String> gap) {

  private static final Pattern OF_THE_SIGNATURE =
      Pattern.compile("(?i)META-INF/(MANIFEST\\.MF|SIG-[^/]*|[^/]+\\.(SF|RSA|DSA|EC))");

  /** Reads a jar's signatures, and every entry against them. */
  static Signatures of(Path path) throws IOException {
    try (JarFile jar = new JarFile(path.toFile(), true)) {
      Set<List<X509Certificate>> common = null;
      Set<String> names = new HashSet<>();
      String gap = null;
      boolean isSigned = false;
      for (JarEntry entry : Collections.list(jar.entries())) {
        String name = entry.getName();
        if (!names.add(name)) {
          gap = "it holds '%s' twice.".formatted(name);
        }
        if (entry.isDirectory() || OF_THE_SIGNATURE.matcher(name).matches()) {
          continue;
        }
        Set<List<X509Certificate>> own = signers(jar, entry);
        if (own.isEmpty()) {
          gap = "its entry '%s' is not signed.".formatted(name);
        }
        isSigned |= !own.isEmpty();
        if (common == null) {
          common = own;
        } else {
          common.retainAll(own);
        }
      }
      gap = gap == null ? missing(jar, names) : gap;
      return new Signatures(
          common == null ? List.of() : List.copyOf(common),
          Optional.empty(),
          isSigned ? Optional.ofNullable(gap) : Optional.empty());
    } catch (SecurityException e) {
      return new Signatures(
          List.of(), Optional.of(String.valueOf(e.getMessage())), Optional.empty());
    }
  }

  /** Only what has been read to its end is checked. */
  private static Set<List<X509Certificate>> signers(JarFile jar, JarEntry entry)
      throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    Set<List<X509Certificate>> signers = new LinkedHashSet<>();
    CodeSigner[] found = entry.getCodeSigners();
    for (CodeSigner signer : found == null ? new CodeSigner[0] : found) {
      signers.add(
          signer.getSignerCertPath().getCertificates().stream()
              .map(X509Certificate.class::cast)
              .toList());
    }
    return signers;
  }

  /** The JDK does not mind a signed entry that is no longer there. */
  private static String missing(JarFile jar, Set<String> names) throws IOException {
    if (jar.getManifest() == null) {
      return null;
    }
    return jar.getManifest().getEntries().keySet().stream()
        .filter(name -> !names.contains(name))
        .findFirst()
        .map("its entry '%s', which was signed, is missing."::formatted)
        .orElse(null);
  }
}
