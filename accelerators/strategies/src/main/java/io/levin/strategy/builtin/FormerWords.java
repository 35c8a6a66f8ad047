package io.levin.strategy.builtin;

import io.levin.arguments.TrainerArguments;
import io.levin.plan.Conflict;
import java.util.Map;
import java.util.Optional;

/** Strategies that users of other versions ask for, and what to ask for instead. */
final class FormerWords {
  private static final Map<String, String> INSTEAD =
      Map.of(
          "ddp_cpu", "Give --accelerator cpu --strategy ddp_spawn.",
          "tpu_spawn", "Give --accelerator tpu and leave out --strategy.",
          "tpu_spawn_debug", "Give --accelerator tpu and leave out --strategy.",
          "horovod", "Give --strategy ddp.",
          "bagua", "Give --strategy ddp.",
          "collaborative", "Give --strategy ddp.");

  private FormerWords() {}

  static Optional<Conflict> conflict(String word) {
    return Optional.ofNullable(INSTEAD.get(word))
        .map(
            hint ->
                Conflict.of(
                    "%s is not a strategy here.".formatted(word), hint, TrainerArguments.STRATEGY));
  }
}
