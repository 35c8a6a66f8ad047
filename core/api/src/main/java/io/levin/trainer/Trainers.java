package io.levin.trainer;

import io.levin.arguments.Arguments;
import io.levin.callback.Callback;
import io.levin.plan.PlanReport;
import io.levin.plan.Surroundings;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Makes plans and Trainers from the bundles present; an OSGi service. Thread-safe. */
@ProviderType
public interface Trainers {
  /** The plan for these arguments here, or all that stands against it. Loads no native code. */
  PlanReport plan(Arguments arguments, Surroundings surroundings);

  /**
   * A Trainer with the parts of the plan.
   *
   * @param callbacks besides those that the arguments ask for
   * @throws io.levin.MisconfigurationException with all conflicts when there is no plan
   */
  Trainer create(Arguments arguments, Surroundings surroundings, List<Callback> callbacks);

  default Trainer create(Arguments arguments) {
    return create(arguments, Surroundings.here(), List.of());
  }
}
