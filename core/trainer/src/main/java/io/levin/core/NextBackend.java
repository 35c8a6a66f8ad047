package io.levin.core;

import io.levin.LevinException;
import io.levin.arguments.PluginReference;
import io.levin.plan.Choice;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Plan;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which backend should be in a {@link CheckpointSlot}; used by who changes it. */
final class NextBackend {
  private static final Logger LOG = LoggerFactory.getLogger(NextBackend.class);

  private final BackendChoice choice;

  /** Offers whose parts cannot be made or used. */
  private final Set<Offer<?>> broken = Collections.newSetFromMap(new IdentityHashMap<>());

  private PluginReference preferred;
  private boolean isStale;

  NextBackend(BackendChoice choice) {
    this.choice = choice;
  }

  /** Offers have come or gone. */
  void look() {
    isStale = true;
  }

  /** The one to take in the place of the present one, which may be null; mostly nothing. */
  Optional<Backend> due(Backend present) {
    while (isStale) {
      isStale = false;
      Optional<Plan> best = choice.best(preferred, broken);
      if (best.isEmpty() || isFrom(best.get(), present)) {
        return Optional.empty(); // the present one, if any, goes on
      }
      try {
        return Optional.of(choice.make(best.get()));
      } catch (RuntimeException | LinkageError e) {
        Choice chosen = best.get().choice(Family.CHECKPOINT_IO);
        LOG.warn(
            "{} of bundle {} cannot be made and is left out: {}",
            chosen.name(),
            chosen.bundle(),
            e + "");
        broken.add(chosen.offer());
        isStale = true;
      }
    }
    return Optional.empty();
  }

  private static boolean isFrom(Plan plan, Backend present) {
    return present != null && plan.choice(Family.CHECKPOINT_IO).offer() == present.choice.offer();
  }

  /**
   * The one that somebody asks for, and for whom it stays when others come.
   *
   * @throws LevinException saying why it cannot be had; nothing changes then
   */
  Backend require(PluginReference plugin, Backend present) {
    Plan plan = choice.require(plugin);
    boolean isThere = isFrom(plan, present) && plugin.options().isEmpty();
    Backend asked = isThere ? present : make(plan, plugin);
    preferred = plugin;
    isStale = false;
    broken.remove(asked.choice.offer());
    return asked;
  }

  private Backend make(Plan plan, PluginReference plugin) {
    try {
      return choice.make(plan);
    } catch (LinkageError e) {
      throw LevinException.resource(
          "%s cannot be made: %s.".formatted(plugin, e), "Look at the bundle that offers it.", e);
    }
  }

  /** Notes a backend whose classes are broken; says whether another could do its work. */
  boolean isThereAnother(Backend useless) {
    broken.add(useless.choice.offer());
    isStale = true;
    return choice.best(preferred, broken).isPresent();
  }
}
