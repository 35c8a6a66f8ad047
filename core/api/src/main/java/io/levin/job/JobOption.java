package io.levin.job;

import static java.util.Objects.requireNonNull;

/**
 * An option of a job.
 *
 * @param name lower case with dashes
 * @param valueHelp what a value looks like
 * @param defaultValue value when not given; null when there is none
 * @param required whether it must be given
 */
public record JobOption(
    String name, String valueHelp, String defaultValue, boolean required, String help) {
  public JobOption {
    requireNonNull(name, "name");
    requireNonNull(valueHelp, "valueHelp");
    requireNonNull(help, "help");
  }
}
