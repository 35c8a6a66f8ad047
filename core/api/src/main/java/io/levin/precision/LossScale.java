package io.levin.precision;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/** The rule by which a loss scale moves. Used by one thread. */
@ConsumerType
public interface LossScale {
  /** The factor for the next loss; finite, not negative. */
  float value();

  /**
   * Moves on after a window in which an optimizer had decided.
   *
   * @param overflow whether any gradient of the window was not finite
   * @throws io.levin.LevinException when the rule has no smaller scale left
   */
  void update(boolean overflow);

  /** State for the checkpoint, plain values. */
  Map<String, Object> stateDict();

  /**
   * Takes up a state; nothing changes when it is refused.
   *
   * @throws io.levin.LevinException when it is not one of this rule
   */
  void loadStateDict(Map<String, Object> state);
}
