package io.levin.launcher;

/**
 * Levin cannot start. The message says what is wrong with which file, the hint what to do now. The
 * launcher has its own exception because the API is a bundle, out of its sight.
 */
public final class LaunchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String hint;

  LaunchException(String message, String hint) {
    this(message, hint, null);
  }

  LaunchException(String message, String hint, Throwable cause) {
    super(message, cause);
    this.hint = hint;
  }

  /** What to do now. */
  public String hint() {
    return hint;
  }
}
