package io.levin.cli.launch;

import io.levin.collective.CollectiveException;
import java.io.PrintStream;

/**
 * A line by which a process tells the one that started it that it fails, ahead of whatever it says
 * to people: so that it can be told which of them was the first.
 */
public final class FailureMark {
  private static final String START = "\u001elevin ";
  private static final String OWN = START + "fails";
  private static final String OTHERS = START + "fails with another";

  private FailureMark() {}

  /** Prints the line if another process of this run started this one. */
  public static void print(Throwable failure, PrintStream err) {
    if (System.getProperty("levin.parent") != null) {
      err.println(isOfOthers(failure) ? OTHERS : OWN);
      err.flush();
    }
  }

  /** Whether it is the failure of another rank that is felt here. */
  static boolean isOfOthers(Throwable failure) {
    return failure instanceof CollectiveException collective && !collective.peers().isEmpty();
  }

  static boolean isOne(String line) {
    return line.startsWith(START);
  }

  static boolean isOwn(String line) {
    return line.equals(OWN);
  }
}
