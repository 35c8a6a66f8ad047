package io.levin.arguments;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/**
 * One argument of the Trainer: its name everywhere (flag, file, environment variable), the type of
 * its value, its default and what it means.
 *
 * @param <T> type of the value
 */
public final class Argument<T> {
  private final String name;
  private final String valueHelp;
  private final T defaultValue;
  private final String help;
  private final Function<Object, T> reader;

  Argument(String name, String valueHelp, T defaultValue, String help, Function<Object, T> reader) {
    this.name = requireNonNull(name, "name");
    this.valueHelp = requireNonNull(valueHelp, "valueHelp");
    this.defaultValue = defaultValue;
    this.help = requireNonNull(help, "help");
    this.reader = requireNonNull(reader, "reader");
  }

  /** Lower case with dashes, for example {@code max-epochs}. */
  public String name() {
    return name;
  }

  /** The environment variable that sets it, for example {@code LEVIN_MAX_EPOCHS}. */
  public String variable() {
    return "LEVIN_" + name.toUpperCase(java.util.Locale.ROOT).replace('-', '_');
  }

  /** What a value looks like, for example {@code N} or {@code 16|32|64|bf16}. */
  public String valueHelp() {
    return valueHelp;
  }

  /** The value when nobody sets one; may be null, which means unset. */
  public T defaultValue() {
    return defaultValue;
  }

  /** One sentence for a person. */
  public String help() {
    return help;
  }

  /** Whether a flag of this name needs no value. */
  public boolean isSwitch() {
    return defaultValue instanceof Boolean;
  }

  /**
   * Reads a value from a flag's text or from what a YAML or JSON file gives (text, number, boolean,
   * list, map).
   *
   * @throws IllegalArgumentException saying what was expected
   */
  public T read(Object raw) {
    return reader.apply(raw);
  }

  @Override
  public String toString() {
    return name;
  }
}
