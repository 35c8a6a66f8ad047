package io.levin;

/** The user configured something that cannot be: an argument, a plugin, a module. */
public class MisconfigurationException extends LevinException {
  private static final long serialVersionUID = 1L;

  public MisconfigurationException(String message, String hint) {
    super(Kind.USER, message, hint);
  }
}
