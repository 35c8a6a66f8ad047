package io.levin.cli.doctor;

/**
 * One thing that was looked at.
 *
 * @param what was found
 * @param advice what to do about it; empty where nothing need be done
 */
public record Finding(Level level, String name, String what, String advice) {

  /** How it stands. */
  public enum Level {
    OK,
    /** It works, but not as one might think. */
    NOTE,
    /** Something cannot be done for want of this. */
    LACK
  }

  static Finding ok(String name, String what) {
    return new Finding(Level.OK, name, what, "");
  }

  static Finding note(String name, String what, String advice) {
    return new Finding(Level.NOTE, name, what, advice);
  }

  static Finding lack(String name, String what, String advice) {
    return new Finding(Level.LACK, name, what, advice);
  }
}
