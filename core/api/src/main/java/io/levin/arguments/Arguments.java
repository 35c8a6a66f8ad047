package io.levin.arguments;

import io.levin.MisconfigurationException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Values given to arguments, each with where it came from. Immutable. */
public final class Arguments {
  private static final Arguments NONE = new Arguments(Map.of());

  private record Given(Object value, String origin) {}

  private final Map<Argument<?>, Given> given;

  private Arguments(Map<Argument<?>, Given> given) {
    this.given = given;
  }

  /** No argument given: all defaults. */
  public static Arguments none() {
    return NONE;
  }

  /** The value given, else the default. */
  @SuppressWarnings("unchecked") // with() puts only values of the argument's own type
  public <T> T get(Argument<T> argument) {
    Given entry = given.get(argument);
    return entry == null ? argument.defaultValue() : (T) entry.value();
  }

  /** Whether somebody gave this argument. */
  public boolean has(Argument<?> argument) {
    return given.containsKey(argument);
  }

  /**
   * Where the value came from: {@code default}, {@code run.yaml}, {@code LEVIN_SEED}, {@code
   * --seed}.
   */
  public String origin(Argument<?> argument) {
    Given entry = given.get(argument);
    return entry == null ? "default" : entry.origin();
  }

  /** The arguments that were given. */
  public Set<Argument<?>> given() {
    return Collections.unmodifiableSet(given.keySet());
  }

  public <T> Arguments with(Argument<T> argument, T value) {
    return put(argument, value, "code");
  }

  /**
   * Reads and sets one argument; an earlier value is replaced.
   *
   * @param raw a flag's text, or what a YAML or JSON file holds; null unsets
   * @param origin where it comes from, for messages
   * @throws MisconfigurationException naming the argument, the value, its origin and what was
   *     expected
   */
  public Arguments read(Argument<?> argument, Object raw, String origin) {
    if (raw == null) {
      Map<Argument<?>, Given> copy = new LinkedHashMap<>(given);
      copy.remove(argument);
      return new Arguments(copy);
    }
    try {
      return put(argument, argument.read(raw), origin);
    } catch (IllegalArgumentException e) {
      throw new MisconfigurationException(
          "Cannot read %s '%s' (%s): %s.".formatted(argument.name(), raw, origin, e.getMessage()),
          "Give --%s %s.".formatted(argument.name(), argument.valueHelp()));
    }
  }

  /** These arguments, with those of {@code stronger} put over them. */
  public Arguments over(Arguments stronger) {
    Map<Argument<?>, Given> copy = new LinkedHashMap<>(given);
    copy.putAll(stronger.given);
    return new Arguments(copy);
  }

  private Arguments put(Argument<?> argument, Object value, String origin) {
    Map<Argument<?>, Given> copy = new LinkedHashMap<>(given);
    copy.put(argument, new Given(value, origin));
    return new Arguments(copy);
  }
}
