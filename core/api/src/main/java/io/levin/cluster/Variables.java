package io.levin.cluster;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads environment variables strictly. Numbers are ASCII digits and nothing else: a launcher
 * writes no sign, space or {@code 0x}, so a value that has one was not written by a launcher.
 *
 * <p>Everything that can be wrong throws {@link ClusterException} with the variable's name.
 */
public final class Variables {
  private static final int SHOWN = 60;
  private static final int LAST_PORT = 65_535;

  private final Map<String, String> environment;
  private final String hint;

  /**
   * @param hint what to do when a variable is missing, such as which command would set it
   */
  public Variables(Map<String, String> environment, String hint) {
    this.environment = Map.copyOf(environment);
    this.hint = requireNonNull(hint, "hint");
  }

  /** Whether a variable is there, even if empty. */
  public boolean has(String name) {
    return environment.containsKey(name);
  }

  /** The first of these variables that is there, even if empty; the first of all when none is. */
  public String firstOf(String... names) {
    for (String name : names) {
      if (has(name)) {
        return name;
      }
    }
    return names[0];
  }

  /** The value as it is, even if empty. */
  public Optional<String> raw(String name) {
    return Optional.ofNullable(environment.get(name));
  }

  /** A number from 0 that must be there. */
  public int number(String name) {
    return parse(name, raw(name).orElseThrow(() -> missing(name)));
  }

  /** A number from 0, if it is there. */
  public OptionalInt optionalNumber(String name) {
    Optional<String> text = raw(name);
    return text.isEmpty() ? OptionalInt.empty() : OptionalInt.of(parse(name, text.get()));
  }

  /** A number from 1 that must be there. */
  public int count(String name) {
    int number = number(name);
    if (number == 0) {
      throw new ClusterException(name, name + " is 0, and there is at least one.", hint);
    }
    return number;
  }

  /** A port, if it is there. */
  public OptionalInt port(String name) {
    OptionalInt port = optionalNumber(name);
    if (port.isPresent() && (port.getAsInt() == 0 || port.getAsInt() > LAST_PORT)) {
      throw new ClusterException(
          name,
          "%s is %d, which is not a port.".formatted(name, port.getAsInt()),
          "Give a free port from 1024 to 65535.");
    }
    return port;
  }

  /** A host name or address that must be there. */
  public String address(String name) {
    return optionalAddress(name).orElseThrow(() -> missing(name));
  }

  /** A host name or address, if it is there. */
  public Optional<String> optionalAddress(String name) {
    Optional<String> text = raw(name);
    if (text.isPresent() && (text.get().isEmpty() || text.get().chars().anyMatch(Variables::gap))) {
      throw malformed(name, text.get(), "a host name or address");
    }
    return text;
  }

  /** The failure to throw when a variable is not there. */
  public ClusterException missing(String name) {
    return new ClusterException(name, name + " is not set.", hint);
  }

  /** The failure to throw when a variable's value is not what it should be. */
  public ClusterException malformed(String name, String value, String expected) {
    String message =
        value.isEmpty()
            ? "%s is empty; it should be %s.".formatted(name, expected)
            : "%s is '%s', which is not %s.".formatted(name, shown(value), expected);
    return new ClusterException(name, message, hint);
  }

  /** A value as it may be shown to a person: printable, and not endless. */
  public static String shown(String value) {
    StringBuilder text = new StringBuilder();
    value
        .codePoints()
        .limit(SHOWN)
        .map(c -> Character.isISOControl(c) ? '?' : c)
        .forEach(text::appendCodePoint);
    return value.codePointCount(0, value.length()) > SHOWN ? text + "…" : text.toString();
  }

  private int parse(String name, String text) {
    if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw malformed(name, text, "a whole number in plain digits");
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      value = value * 10 + (text.charAt(i) - '0');
      if (value > Integer.MAX_VALUE) {
        throw malformed(name, text, "a number up to " + Integer.MAX_VALUE);
      }
    }
    return (int) value;
  }

  private static boolean gap(int c) {
    return Character.isWhitespace(c) || Character.isISOControl(c);
  }
}
