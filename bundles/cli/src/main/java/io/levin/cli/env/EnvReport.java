package io.levin.cli.env;

import io.levin.cluster.ClusterEnvironment;
import io.levin.cluster.Problem;
import java.util.List;
import java.util.Map;

/**
 * Which cluster environment a process is in, and its answers.
 *
 * @param name class name of the environment
 * @param why what gave it away
 * @param answers what it answers, by the name of the question; those with a problem are left out
 * @param problems variables that are missing or malformed
 * @param others the environments that it is not
 */
public record EnvReport(
    String name,
    String why,
    Map<String, Object> answers,
    List<Problem> problems,
    List<Other> others) {

  /** Why it is not this environment. */
  public record Other(String name, String why) {}

  public EnvReport {
    problems = List.copyOf(problems);
    others = List.copyOf(others);
  }

  /** Whether every question has an answer. */
  public boolean ok() {
    return problems.isEmpty();
  }

  static EnvReport of(String name, String why, ClusterEnvironment environment, List<Other> others) {
    List<Problem> problems = environment.problems();
    return new EnvReport(name, why, Answers.of(environment), problems, others);
  }
}
