package io.levin.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.levin.cluster.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds our environments against the answers of Lightning 1.6.5 and 2.6.5, variable by variable.
 */
class EnvironmentOracleTest {
  private static final Path DOCUMENTATION =
      Path.of("../../docs/planning/environment-differences.md");

  static List<OracleRow> rows() {
    return OracleRow.all();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void weAnswerAsTheNewerLightningOrByANamedRule(OracleRow row) {
    Set<String> unexplained = new TreeSet<>();
    compare(row, unexplained, EnumSet.noneOf(Difference.class));
    assertThat(unexplained).isEmpty();
  }

  @Test
  void everyRuleIsDocumentedAndNoOther() throws IOException {
    Set<String> documented =
        Pattern.compile("^### `([a-z-]+)`$", Pattern.MULTILINE)
            .matcher(Files.readString(DOCUMENTATION))
            .results()
            .map(result -> result.group(1))
            .collect(Collectors.toSet());
    assertThat(documented)
        .containsExactlyInAnyOrder(
            Arrays.stream(Difference.values()).map(Difference::id).toArray(String[]::new));
  }

  @Test
  void theRowsNeedTheseRules() {
    Set<Difference> used = EnumSet.noneOf(Difference.class);
    rows().forEach(row -> compare(row, new TreeSet<>(), used));
    assertThat(used)
        .containsExactlyInAnyOrder(
            Difference.STRICT_NUMBERS,
            Difference.ODD_JOB_IDS,
            Difference.SLURM_WITHOUT_TASKS_PER_NODE,
            Difference.SLURM_HOST_LISTS,
            Difference.KUBEFLOW_IS_DETECTED,
            Difference.KUBEFLOW_LOCAL_RANKS);
  }

  private static void compare(OracleRow row, Set<String> unexplained, Set<Difference> used) {
    Map<String, Object> ours = row.ours();
    JsonNode reference = row.newer();
    if (row.newerCannotBeMade()) {
      JsonNode construct = row.newer().get("construct");
      if (!Difference.SLURM_WITHOUT_TASKS_PER_NODE.explains(row, "construct", ours, construct)) {
        checkRefused(row, ours, unexplained, used);
        return;
      }
      used.add(Difference.SLURM_WITHOUT_TASKS_PER_NODE);
      reference = row.older();
    }
    for (Map.Entry<String, Object> answer : ours.entrySet()) {
      String property = answer.getKey();
      JsonNode theirs = expected(row, property, reference);
      if (agrees(answer.getValue(), theirs)) {
        continue;
      }
      Optional<Difference> rule =
          Arrays.stream(Difference.values())
              .filter(d -> d.explains(row, property, answer.getValue(), theirs))
              .findFirst();
      rule.ifPresent(used::add);
      // What a rule excuses from the newer answer, the older version must still have said.
      if (rule.isEmpty()
          || (rule.get() == Difference.KUBEFLOW_IS_DETECTED
              && !agrees(answer.getValue(), row.older().get(property)))) {
        unexplained.add(
            "%s: ours %s, Lightning's %s".formatted(property, answer.getValue(), theirs));
      }
    }
  }

  /** Of an older answer, what the newer version changed for good: an address that is set wins. */
  private static JsonNode expected(OracleRow row, String property, JsonNode reference) {
    boolean older = reference == row.older();
    if (older && property.equals("main_address") && row.variable("MASTER_ADDR") != null) {
      return com.fasterxml.jackson.databind.node.TextNode.valueOf(row.variable("MASTER_ADDR"));
    }
    return older && property.equals("detect") ? row.newer().get("detect") : reference.get(property);
  }

  private static void checkRefused(
      OracleRow row, Map<String, Object> ours, Set<String> unexplained, Set<Difference> used) {
    if (!agrees(ours.get("detect"), row.newer().get("detect"))) {
      unexplained.add("detect: " + ours.get("detect"));
    }
    if (ours.values().stream().noneMatch(Problem.class::isInstance)) {
      if (Difference.ODD_JOB_IDS.explains(
          row, "main_port", ours.get("main_port"), row.newer().get("construct"))) {
        used.add(Difference.ODD_JOB_IDS);
      } else {
        unexplained.add("Lightning cannot make it, and we answer " + ours);
      }
    }
  }

  private static boolean agrees(Object ours, JsonNode theirs) {
    if (theirs.has("error")) {
      return ours instanceof Problem;
    }
    return theirs.asText().equals("free")
        ? ours instanceof Integer port && port > 0 && port < 65_536
        : theirs.asText().equals(String.valueOf(ours));
  }
}
