package io.levin.core;

import io.levin.accelerator.Accelerator;
import io.levin.arguments.Arguments;
import io.levin.arguments.PluginReference;
import io.levin.arguments.TrainerArguments;
import io.levin.checkpoint.CheckpointIO;
import io.levin.cluster.ScheduledJob;
import io.levin.collective.ProcessGroups;
import io.levin.plan.Choice;
import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Plan;
import io.levin.plan.Request;
import io.levin.plan.Surroundings;
import io.levin.precision.PrecisionPlugin;
import io.levin.strategy.Strategy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a plan, made in the order of the families; closed in the opposite one. */
final class Parts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  private final Map<Family, Object> made = new EnumMap<>(Family.class);
  private final List<Runnable> whenClosed = new ArrayList<>();
  private final Plan plan;
  private final Surroundings surroundings;
  private final Optional<ProcessGroups> groups;
  private CheckpointSlot slot;
  private CheckpointFiles checkpoints;

  private Parts(Plan plan, Surroundings surroundings, Optional<ProcessGroups> groups) {
    this.plan = plan;
    this.groups = groups;
    this.surroundings = surroundings;
  }

  /**
   * @param backends what may come in the place of the plan's CheckpointIO
   * @param formats of checkpoints that can be read beside the plan's own
   * @param groups what can bring the processes of the run together
   */
  static Parts of(
      Plan plan,
      BackendChoice backends,
      Surroundings surroundings,
      Supplier<List<CheckpointIO>> formats,
      Optional<ProcessGroups> groups) {
    Parts parts = new Parts(plan, surroundings, groups);
    try {
      for (Family family : Family.values()) {
        if (family != Family.CHECKPOINT_IO) {
          parts.made.put(family, plan.choice(family).offer().create(parts.creation(plan)));
        }
      }
      parts.slot = new CheckpointSlot(backends.with(parts::creation), plan, Leases.Patience.USUAL);
      parts.checkpoints = new CheckpointFiles(parts.slot, formats);
      return parts;
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  /** The request of a finished plan: every family has its choice. */
  private record Chosen(Plan plan, Arguments arguments, Surroundings surroundings)
      implements Request {
    @Override
    public Optional<Choice> choice(Family family) {
      return Optional.of(plan.choice(family));
    }

    @Override
    public Optional<PluginReference> named(Family family) {
      return arguments.get(TrainerArguments.PLUGINS).stream()
          .filter(reference -> reference.name().equals(plan.choice(family).name()))
          .findFirst();
    }
  }

  private Creation creation(Plan plan) {
    Request request = new Chosen(plan, plan.arguments(), surroundings);
    return new Creation() {
      @Override
      public Plan plan() {
        return plan;
      }

      @Override
      public Request request() {
        return request;
      }

      @Override
      public <T> Optional<T> part(Class<T> type) {
        return Stream.concat(made.values().stream(), groups.stream())
            .filter(type::isInstance)
            .map(type::cast)
            .findFirst();
      }
    };
  }

  @SuppressWarnings("unchecked") // an offer of a family makes that family's type
  private <T> T part(Family family) {
    return (T) made.get(family);
  }

  /** The job that this run is, where a scheduler started it. */
  Optional<ScheduledJob> job() {
    return Optional.ofNullable(made.get(Family.CLUSTER_ENVIRONMENT))
        .filter(ScheduledJob.class::isInstance)
        .map(ScheduledJob.class::cast);
  }

  Accelerator accelerator() {
    return part(Family.ACCELERATOR);
  }

  Strategy strategy() {
    return part(Family.STRATEGY);
  }

  /** What the accelerator counts on the device that this process computes on. */
  Map<String, Double> deviceStatistics() {
    return accelerator().statistics(strategy().device());
  }

  PrecisionPlugin precision() {
    return part(Family.PRECISION);
  }

  /** Where the run's CheckpointIO is, which may change. */
  CheckpointSlot slot() {
    return slot;
  }

  CheckpointFiles checkpoints() {
    return checkpoints;
  }

  /** Does something when these are closed. */
  void whenClosed(Runnable work) {
    whenClosed.add(work);
  }

  /** The CheckpointIO may change; every other part stays what it is until the run ends. */
  void withdrawn(Offer<?> offer) {
    for (Family family : Family.values()) {
      if (family != Family.CHECKPOINT_IO && plan.choice(family).offer() == offer) {
        LOG.warn(
            "{} of bundle {} is withdrawn; the run that goes on keeps its {} until it ends",
            plan.choice(family).name(),
            plan.choice(family).bundle(),
            family.type());
      }
    }
    slot.withdrawn(offer);
  }

  @Override
  public void close() {
    whenClosed.forEach(Runnable::run);
    whenClosed.clear();
    List<Object> parts = new ArrayList<>(made.values());
    if (slot != null) {
      parts.add(slot);
    }
    java.util.Collections.reverse(parts);
    RuntimeException failure = null;
    for (Object part : parts) {
      try {
        close(part);
      } catch (RuntimeException e) {
        // The others are closed all the same.
        failure = failure == null ? e : failure;
      }
    }
    made.clear();
    if (failure != null) {
      throw failure;
    }
  }

  private static void close(Object part) {
    if (part instanceof PrecisionPlugin precision) {
      precision.teardown();
    } else if (part instanceof Accelerator accelerator) {
      accelerator.close();
    } else if (part instanceof Strategy strategy) {
      strategy.close();
    } else if (part instanceof CheckpointSlot slot) {
      slot.close();
    }
  }
}
