package io.levin.cluster;

import io.levin.LevinException;

/** A cluster environment was asked what it cannot answer. */
public class ClusterException extends LevinException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ClusterException(Problem problem) {
    super(Kind.ENVIRONMENT, problem.message(), problem.hint());
    this.problem = problem;
  }

  public ClusterException(String variable, String message, String hint) {
    this(new Problem(variable, message, hint));
  }

  public Problem problem() {
    return problem;
  }
}
