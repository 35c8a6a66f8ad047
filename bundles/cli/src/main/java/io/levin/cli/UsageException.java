package io.levin.cli;

import io.levin.MisconfigurationException;
import io.levin.core.planner.Closest;
import java.util.Collection;

/** The command line itself is wrong: exit code 2. */
final class UsageException extends MisconfigurationException {
  private static final long serialVersionUID = 1L;

  UsageException(String message, String hint) {
    super(message, hint);
  }

  /**
   * Somebody wrote a word that does not exist.
   *
   * @param message what is wrong, ending with a full stop
   * @param otherwise what to do when no word that exists is close to it
   */
  static UsageException unknown(
      String message, String word, Collection<String> known, String otherwise) {
    return new UsageException(
        message, Closest.to(word, known).map("Did you mean %s?"::formatted).orElse(otherwise));
  }
}
