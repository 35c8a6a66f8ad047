package io.levin.plan;

import io.levin.LevinException;

/** What to say when a plan is carried out and a part of it has no engine in this version. */
public final class PlannedOnly {
  private PlannedOnly() {}

  /**
   * The failure to throw from {@link Offer#create}.
   *
   * @param plugin class name of the part
   * @param instead what runs, as the end of "To run now, …"
   */
  public static LevinException cannotRun(String plugin, String instead) {
    return LevinException.user(
        "%s can be planned, but this version cannot run it.".formatted(plugin),
        "To run now, %s.".formatted(instead));
  }
}
