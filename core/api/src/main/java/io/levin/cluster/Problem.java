package io.levin.cluster;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Why a cluster environment cannot answer, or contradicts what the user asked for.
 *
 * @param variable name of the environment variable it is about
 * @param message what is wrong, with the value: a whole sentence
 * @param hint what to do now, literally where possible
 */
public record Problem(String variable, String message, String hint) {
  public Problem {
    requireNonNull(variable, "variable");
    requireNonNull(message, "message");
    requireNonNull(hint, "hint");
  }

  /** Asks several questions and keeps the problem of each, once. */
  public static final class Collector {
    private final Set<Problem> problems = new LinkedHashSet<>();

    public Collector ask(Runnable question) {
      try {
        question.run();
      } catch (ClusterException e) {
        problems.add(e.problem());
      }
      return this;
    }

    /** In the order of the questions. */
    public List<Problem> problems() {
      return List.copyOf(problems);
    }
  }
}
