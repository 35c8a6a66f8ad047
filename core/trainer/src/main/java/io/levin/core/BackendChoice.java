package io.levin.core;

import io.levin.LevinException;
import io.levin.arguments.Arguments;
import io.levin.arguments.PluginReference;
import io.levin.arguments.TrainerArguments;
import io.levin.checkpoint.CheckpointIO;
import io.levin.core.planner.Offered;
import io.levin.core.planner.Planner;
import io.levin.plan.Choice;
import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Plan;
import io.levin.plan.PlanReport;
import io.levin.plan.Surroundings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Which CheckpointIO a run would have if it were planned now: the planner is asked again, with the
 * same arguments, of the offers there are.
 */
final class BackendChoice {
  private final Supplier<List<Offered>> offers;
  private final Arguments arguments;
  private final Surroundings surroundings;
  private final Function<Plan, Creation> creation;

  BackendChoice(Supplier<List<Offered>> offers, Arguments arguments, Surroundings surroundings) {
    this(
        offers,
        arguments,
        surroundings,
        plan -> {
          throw new IllegalStateException("the run has no parts yet");
        });
  }

  private BackendChoice(
      Supplier<List<Offered>> offers,
      Arguments arguments,
      Surroundings surroundings,
      Function<Plan, Creation> creation) {
    this.offers = offers;
    this.arguments = arguments;
    this.surroundings = surroundings;
    this.creation = creation;
  }

  /**
   * The same for a run that has its other parts.
   *
   * @param parts what an offer is given to make its part for a plan
   */
  BackendChoice with(Function<Plan, Creation> parts) {
    return new BackendChoice(offers, arguments, surroundings, parts);
  }

  /**
   * The same for a run whose other parts are those of a plan, whether or not they are still
   * offered.
   */
  BackendChoice of(Plan plan) {
    List<Offered> own = new ArrayList<>();
    for (Family family : Family.values()) {
      if (family != Family.CHECKPOINT_IO) {
        Choice choice = plan.choice(family);
        own.add(new Offered(choice.offer(), choice.bundle()));
      }
    }
    Supplier<List<Offered>> all =
        () ->
            Stream.concat(
                    own.stream(),
                    offers.get().stream()
                        .filter(offered -> offered.offer().family() == Family.CHECKPOINT_IO))
                .toList();
    return new BackendChoice(all, arguments, surroundings, creation);
  }

  /**
   * The plan whose CheckpointIO is the best now; nothing when none fits.
   *
   * @param preferred the plugin to take, as in {@code --plugins}; null for what the arguments say
   * @param but offers that are not to be asked
   */
  Optional<Plan> best(PluginReference preferred, Set<Offer<?>> but) {
    return report(preferred, but).plan();
  }

  /**
   * As {@link #best}, for somebody who asked for that plugin.
   *
   * @throws LevinException saying why it cannot be had, and what there is
   */
  Plan require(PluginReference preferred) {
    List<String> names =
        offers.get().stream()
            .filter(offered -> offered.offer().family() == Family.CHECKPOINT_IO)
            .map(Offered::name)
            .sorted()
            .distinct()
            .toList();
    if (!names.contains(preferred.name())) {
      throw LevinException.user(
          "No installed bundle offers a CheckpointIO '%s'. There are: %s."
              .formatted(preferred.name(), String.join(", ", names)),
          "Name one of these, or put the bundle that offers it into the plugins folder.");
    }
    return report(preferred, Set.of()).orThrow();
  }

  private PlanReport report(PluginReference preferred, Set<Offer<?>> but) {
    List<Offered> all =
        offers.get().stream().filter(offered -> !but.contains(offered.offer())).toList();
    return new Planner(all)
        .plan(preferred == null ? arguments : with(preferred, all), surroundings);
  }

  private Arguments with(PluginReference preferred, Collection<Offered> all) {
    List<PluginReference> plugins = new ArrayList<>();
    for (PluginReference plugin : arguments.get(TrainerArguments.PLUGINS)) {
      boolean isBackend =
          plugin.name().endsWith(Family.CHECKPOINT_IO.type())
              || all.stream()
                  .anyMatch(
                      offered ->
                          offered.name().equals(plugin.name())
                              && offered.offer().family() == Family.CHECKPOINT_IO);
      if (!isBackend) {
        plugins.add(plugin);
      }
    }
    plugins.add(preferred);
    return arguments.with(TrainerArguments.PLUGINS, plugins);
  }

  Backend make(Plan plan) {
    Choice choice = plan.choice(Family.CHECKPOINT_IO);
    return new Backend(choice, (CheckpointIO) choice.offer().create(creation.apply(plan)));
  }
}
