package io.levin.plan;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What an offer is given to make its part: the plan, and the parts of earlier families. */
@ProviderType
public interface Creation {
  Plan plan();

  Request request();

  /** The part of an earlier family, already made. */
  <T> Optional<T> part(Class<T> type);

  /** The asking offer's own fit, with its settings. */
  default Answer.Fits fits(Family family) {
    return plan().choice(family).fits();
  }
}
