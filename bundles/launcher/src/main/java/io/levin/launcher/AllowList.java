package io.levin.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;

/**
 * The file {@code plugins.allow}: which jars, by SHA-256, and whose jars, by signer, may be
 * plugins.
 *
 * <pre>
 * SHA-256
 * signer FINGERPRINT
 * signer SUBJECT issued-by FINGERPRINT
 * </pre>
 */
final class AllowList {
  private static final Pattern SUM = Pattern.compile("(?i)([0-9a-f]{64})(\\s.*)?");
  private static final String HEX = "((?:[0-9a-fA-F]{2}:?){31}[0-9a-fA-F]{2})";
  private static final Pattern SIGNER = Pattern.compile("signer\\s+" + HEX + "(\\s.*)?");
  private static final Pattern ISSUED =
      Pattern.compile("signer\\s+(\\S.*?)\\s+issued-by\\s+" + HEX + "(\\s.*)?");

  private final String name;
  private final Set<String> sums = new HashSet<>();
  private final List<SignerRule> signers = new ArrayList<>();
  private final List<String> unread = new ArrayList<>();

  private AllowList(Path file) throws IOException {
    name = file.getFileName().toString();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      String rule = line.replaceFirst("#.*", "").strip();
      if (!rule.isEmpty()) {
        read(rule, number);
      }
    }
  }

  /** Empty while there is no such file, and all are allowed. */
  static Optional<AllowList> read(Path file) throws IOException {
    try {
      return Optional.of(new AllowList(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private void read(String rule, int number) {
    Matcher sum = SUM.matcher(rule);
    Matcher signer = SIGNER.matcher(rule);
    Matcher issued = ISSUED.matcher(rule);
    try {
      if (sum.matches()) {
        sums.add(sum.group(1).toLowerCase(Locale.ROOT));
      } else if (signer.matches()) {
        signers.add(new SignerRule(plain(signer.group(1)), null));
      } else if (issued.matches()) {
        signers.add(new SignerRule(plain(issued.group(2)), new X500Principal(issued.group(1))));
      } else if (rule.startsWith("signer ")) {
        unread.add(
            "line %d names no certificate: anybody can sign as '%s'. Add 'issued-by FINGERPRINT'."
                .formatted(number, rule.substring(7).strip()));
      } else {
        unread.add("line %d is neither a SHA-256 nor a signer.".formatted(number));
      }
    } catch (IllegalArgumentException e) {
      unread.add("line %d holds no name of a certificate.".formatted(number));
    }
  }

  private static String plain(String fingerprint) {
    return fingerprint.replace(":", "").toLowerCase(Locale.ROOT);
  }

  /** Why a jar is not allowed, if so. */
  Optional<String> objection(String sha256, Signatures signatures) {
    if (sums.contains(sha256)) {
      return Optional.empty();
    }
    String against = null;
    for (List<X509Certificate> chain : signatures.signers()) {
      for (SignerRule rule : signers) {
        if (rule.isAbout(chain)) {
          Optional<String> objection = rule.objection(chain).or(signatures::gap);
          if (objection.isEmpty()) {
            return objection;
          }
          against = objection.get();
        }
      }
    }
    return Optional.of(
        "%s does not allow it%s. To allow it, add the line %s.%s"
            .formatted(
                name,
                against == null ? because(signatures) : ": " + against.replaceFirst("\\.$", ""),
                sha256,
                mistakes()));
  }

  private static String because(Signatures signatures) {
    if (signatures.signers().isEmpty()) {
      return signatures.gap().map(gap -> ": " + gap.replaceFirst("\\.$", "")).orElse("");
    }
    return ", signed by "
        + signatures.signers().stream()
            .map(
                chain ->
                    "%s (signer %s)"
                        .formatted(
                            SignerRule.name(chain.get(0)), SignerRule.fingerprint(chain.get(0))))
            .collect(Collectors.joining(" and "));
  }

  private String mistakes() {
    return unread.stream().map(mistake -> " Its " + mistake).collect(Collectors.joining());
  }
}
