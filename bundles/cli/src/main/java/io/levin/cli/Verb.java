package io.levin.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One command of the command line, such as {@code fit}. */
interface Verb {
  String name();

  /** One line for the list of commands. */
  String summary();

  /**
   * Its flags, for parsing and help.
   *
   * @param session what is installed may add to them
   */
  void describe(CommandSpec spec, Session session);

  /** The same where the help depends on what was asked about. */
  default void describe(CommandSpec spec, Session session, List<String> arguments) {
    describe(spec, session);
  }

  /**
   * Runs it.
   *
   * @return the exit code
   * @throws io.levin.LevinException for everything that a user is to read as an error
   */
  int run(ParseResult parsed, Session session);
}
