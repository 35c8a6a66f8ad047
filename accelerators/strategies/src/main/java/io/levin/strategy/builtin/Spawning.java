package io.levin.strategy.builtin;

import io.levin.arguments.TrainerArguments;
import io.levin.plan.Family;
import io.levin.plan.Request;
import io.levin.plan.Settings;
import java.util.Set;

/** When processes would be spawned that somebody has started already. */
final class Spawning {
  private static final Set<String> WORDS =
      Set.of("ddp_spawn", "ddp_spawn_find_unused_parameters_false");

  /** These keep the strategy's name, as in Lightning 1.6; the processes there join all the same. */
  private static final Set<String> KEEPING = Set.of("LSFEnvironment", "LightningEnvironment");

  private Spawning() {}

  /** Whether the user or the default asks for {@code ddp_spawn}. */
  static boolean isAskedFor(Request request) {
    if (Asked.forAnother(request)) {
      return request.named(Family.STRATEGY).isEmpty() && WORDS.contains(Asked.other(request));
    }
    return request.parallelDevices() > 1
        && request.arguments().get(TrainerArguments.NUM_NODES) == 1;
  }

  /** Whether the environment started the processes, so that {@code ddp} takes over. */
  static boolean isDoneAlready(Request request) {
    return isExternal(request) && !KEEPING.contains(request.chosen(Family.CLUSTER_ENVIRONMENT));
  }

  static boolean isExternal(Request request) {
    return request
        .choice(Family.CLUSTER_ENVIRONMENT)
        .map(environment -> environment.setting(Settings.EXTERNAL, Boolean.class, false))
        .orElse(false);
  }

  static Set<String> words() {
    return WORDS;
  }
}
