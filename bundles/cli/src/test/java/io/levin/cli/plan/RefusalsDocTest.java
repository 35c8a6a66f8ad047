package io.levin.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps docs/planning/refusals.md as the code has it. */
class RefusalsDocTest {
  private static final Path DOCUMENT = Path.of("../../docs/planning/refusals.md");
  private static final int SHOWN = 6;

  @Test
  void theDocumentIsWhatTheCodeSays() throws IOException {
    String made = document();
    if (Boolean.getBoolean("levin.update.docs")) {
      Files.createDirectories(DOCUMENT.getParent());
      Files.writeString(DOCUMENT, made);
    }
    assertThat(Files.readString(DOCUMENT))
        .as("rewrite it with -Dlevin.update.docs=true")
        .isEqualTo(made);
  }

  private static String document() {
    StringBuilder text =
        new StringBuilder(
            """
            # What is refused, and what it says

            Made by `RefusalsDocTest`, which asks the planner: every value of every planning argument on
            every kind of machine (`--hardware cpu`, `gpu=4`, `tpu=8`, `hpu=8`, `ipu=4`; no scheduler),
            then every two together, then Apex with every strategy. A combination stands here when no part
            of it is refused. The message is that of the first combination.

            | Given | It says | What to do |
            |---|---|---|
            """);
    for (Refusals.Row row : Refusals.find()) {
      text.append("| ")
          .append(given(row.givenByMachine))
          .append(" | ")
          .append(cell(row.example.message()))
          .append(" | ")
          .append(cell(row.example.hint()))
          .append(" |\n");
    }
    return text.toString();
  }

  private static String given(Map<String, Set<String>> givenByMachine) {
    Map<Set<String>, List<String>> machines =
        givenByMachine.keySet().stream()
            .collect(
                Collectors.groupingBy(
                    givenByMachine::get, LinkedHashMap::new, Collectors.toList()));
    return machines.entrySet().stream()
        .map(entry -> "%s: %s".formatted(String.join(", ", entry.getValue()), list(entry.getKey())))
        .collect(Collectors.joining("<br>"))
        .replace("cpu, gpu=4, tpu=8, hpu=8, ipu=4: ", "");
  }

  private static String list(Set<String> given) {
    String shown =
        given.stream().limit(SHOWN).map(g -> "`" + g + "`").collect(Collectors.joining(", "));
    return given.size() > SHOWN ? shown + " and %d more".formatted(given.size() - SHOWN) : shown;
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
