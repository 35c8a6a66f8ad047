package io.levin.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a jar is, found without running anything of it.
 *
 * @param copy its bytes as they were looked at, in a file that nobody else writes to
 * @param sha256 of these, in small hexadecimal digits
 * @param headers of its manifest
 * @param signers those who signed all of it: the subject of each certificate, and its fingerprint
 * @param flaw why its signature does not hold; empty when it does, or there is none
 * @param objection why it may not be a plugin here; empty when it may
 * @param lacks what it needs and does not find here, a sentence each
 * @param present the plugin of the same symbolic name that is there already
 */
public record Inspection(
    Path copy,
    String sha256,
    Map<String, String> headers,
    Map<String, String> signers,
    Optional<String> flaw,
    Optional<String> objection,
    List<String> lacks,
    Optional<Plugin> present) {

  /** Symbolic name, or an empty text. */
  public String name() {
    return Clauses.parse(headers.get("Bundle-SymbolicName")).keySet().stream()
        .findFirst()
        .orElse("");
  }

  public String version() {
    return headers.getOrDefault("Bundle-Version", "0.0.0");
  }

  /** Whether it would be taken in. */
  public boolean fits() {
    return objection.isEmpty() && lacks.isEmpty();
  }

  /** The paths of a header's clauses, for example the packages of {@code Export-Package}. */
  public List<String> clauses(String header) {
    return List.copyOf(Clauses.parse(headers.get(header)).keySet());
  }
}
