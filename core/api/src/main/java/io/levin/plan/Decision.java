package io.levin.plan;

/**
 * What became of one offer.
 *
 * @param name the plugin's class name
 * @param bundle who offers it
 * @param why one clause
 */
public record Decision(Family family, String name, String bundle, Verdict verdict, String why) {

  /** What can become of an offer. */
  public enum Verdict {
    CHOSEN,
    /** It fits, but another fits better. */
    PASSED_OVER,
    REFUSED,
    NOT_CONCERNED
  }
}
