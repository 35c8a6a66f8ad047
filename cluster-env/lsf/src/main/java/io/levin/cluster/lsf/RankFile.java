package io.levin.cluster.lsf;

import io.levin.cluster.ClusterException;
import io.levin.cluster.Variables;
import io.levin.plan.Surroundings.TextFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/**
 * LSF's rank file: one host a line, the launch node first, then every node once per slot.
 *
 * @param hosts the compute nodes, each once, in the order of the file; at least one
 */
record RankFile(List<String> hosts) {
  private static final int LONGEST_NAME = 255;
  private static final String HINT =
      "Run it inside an LSF job, which writes the file; see 'bjobs -l' for the job's hosts.";

  /**
   * @throws ClusterException when the file cannot be read or is not a rank file
   */
  static RankFile read(String variable, String path, TextFiles files) {
    List<String> lines =
        lines(variable, path, files).stream().map(String::strip).filter(l -> !l.isEmpty()).toList();
    if (lines.isEmpty()) {
      throw problem(variable, "The rank file '%s' is empty.".formatted(Variables.shown(path)));
    }
    for (String line : lines) {
      if (line.length() > LONGEST_NAME
          || line.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
        throw problem(
            variable,
            "The rank file '%s' has the line '%s', which is not a host name."
                .formatted(Variables.shown(path), Variables.shown(line)));
      }
    }
    if (lines.size() == 1) {
      throw problem(
          variable,
          "The rank file '%s' has only the launch node, %s, and no compute node."
              .formatted(Variables.shown(path), Variables.shown(lines.get(0))));
    }
    return new RankFile(lines.stream().skip(1).distinct().toList());
  }

  private static List<String> lines(String variable, String path, TextFiles files) {
    if (path.isBlank()) {
      throw problem(variable, variable + " is empty; it should be the path of the rank file.");
    }
    try {
      return files.lines(path);
    } catch (NoSuchFileException e) {
      throw problem(
          variable,
          "%s is '%s', and there is no such file.".formatted(variable, Variables.shown(path)));
    } catch (IOException | IllegalArgumentException e) {
      throw problem(
          variable,
          "%s is '%s', which cannot be read as text: %s"
              .formatted(variable, Variables.shown(path), e));
    }
  }

  private static ClusterException problem(String variable, String message) {
    return new ClusterException(variable, message, HINT);
  }
}
