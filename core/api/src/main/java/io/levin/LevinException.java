package io.levin;

import static java.util.Objects.requireNonNull;

/**
 * The root of all failures that Levin reports on purpose.
 *
 * <p>The message says what went wrong, with which input, and what else there is; the {@link #hint}
 * says what to do now, literally where possible. A command line prints both on two lines and no
 * stack trace.
 */
public class LevinException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Who can mend it. */
  public enum Kind {
    /** The user asked for something that cannot be: an argument, a file, a module. */
    USER,
    /** The machine or its scheduler is not as it must be. */
    ENVIRONMENT,
    /** Something ran out or could not be reached: disk, memory, network. */
    RESOURCE,
    /** A defect of Levin or of a plugin. */
    INTERNAL
  }

  private final Kind kind;
  private final String hint;

  public LevinException(Kind kind, String message, String hint) {
    this(kind, message, hint, null);
  }

  public LevinException(Kind kind, String message, String hint, Throwable cause) {
    super(requireNonNull(message, "message"), cause);
    this.kind = requireNonNull(kind, "kind");
    this.hint = hint == null ? "" : hint;
  }

  public static LevinException user(String message, String hint) {
    return new LevinException(Kind.USER, message, hint);
  }

  public static LevinException environment(String message, String hint) {
    return new LevinException(Kind.ENVIRONMENT, message, hint);
  }

  public static LevinException resource(String message, String hint, Throwable cause) {
    return new LevinException(Kind.RESOURCE, message, hint, cause);
  }

  public static LevinException internal(String message, Throwable cause) {
    return new LevinException(Kind.INTERNAL, message, "Please report this.", cause);
  }

  public Kind kind() {
    return kind;
  }

  /** What to do now; empty when there is nothing to say. */
  public String hint() {
    return hint;
  }
}
