package io.levin.cli;

/** What the process's exit code means to scripts. 130 and 143, for signals, are the launcher's. */
final class ExitCode {
  static final int OK = 0;
  static final int FAILURE = 1;

  /** Wrong usage, or arguments that conflict. */
  static final int USAGE = 2;

  /** Stopped early with a checkpoint kept: start the same again. SLURM's RequeueExit. */
  static final int REQUEUE = 75;

  private ExitCode() {}
}
