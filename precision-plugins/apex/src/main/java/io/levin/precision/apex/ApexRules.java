package io.levin.precision.apex;

import io.levin.arguments.TrainerArguments;
import io.levin.plan.Conflict;
import io.levin.plan.Request;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What Apex cannot do. */
final class ApexRules {
  private ApexRules() {}

  /** What is wrong with the argument {@code amp-level}. */
  static Optional<Conflict> level(Request request, boolean apex) {
    String level = request.arguments().get(TrainerArguments.AMP_LEVEL);
    if (level == null) {
      return Optional.empty();
    }
    return apex
        ? unknownLevel(level)
        : Optional.of(
            Conflict.of(
                "amp-level %s is for Apex, and amp-backend is native.".formatted(level),
                "Leave out --amp-level, or give --amp-backend apex.",
                TrainerArguments.AMP_LEVEL,
                TrainerArguments.AMP_BACKEND));
  }

  static Optional<Conflict> unknownLevel(String level) {
    return Arrays.stream(ApexLevel.values()).anyMatch(known -> known.name().equals(level))
        ? Optional.empty()
        : Optional.of(
            Conflict.of(
                "There is no amp-level '%s'. There are: O0, O1, O2, O3.".formatted(level),
                "Give --amp-level O2.",
                TrainerArguments.AMP_LEVEL));
  }

  static Optional<Conflict> wrongScale(String scale) {
    try {
      ApexLossScale.of(scale);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(
          Conflict.of(
              "ApexMixedPrecisionPlugin: %s.".formatted(e.getMessage()),
              "Leave it out: Apex's own is usual.",
              TrainerArguments.PLUGINS));
    }
  }

  /** What stands against Apex as the amp-backend. */
  static List<Conflict> asked(String precision, String device, boolean sharded) {
    List<Conflict> conflicts = new ArrayList<>();
    boolean half = precision.equals("16") || precision.equals("bf16");
    if (precision.equals("bf16")) {
      conflicts.add(
          Conflict.of(
              "Apex does not do precision bf16.",
              "Give --amp-backend native.",
              TrainerArguments.PRECISION,
              TrainerArguments.AMP_BACKEND));
    }
    if (precision.equals("16") && device.equals("cpu")) {
      conflicts.add(
          Conflict.of(
              "Apex does not run on the CPU.",
              "Give --amp-backend native --precision bf16; or, to have its levels by Levin's own"
                  + " operations, --plugins ApexMixedPrecisionPlugin.",
              TrainerArguments.AMP_BACKEND,
              TrainerArguments.ACCELERATOR));
    }
    if (half) {
      conflicts.addAll(named(sharded));
    }
    return conflicts;
  }

  /** What stands against the plugin that was named: Levin's own runs on every device. */
  static List<Conflict> named(boolean sharded) {
    return sharded
        ? List.of(
            Conflict.of(
                "Apex does not work with sharded strategies.",
                "Give --amp-backend native, or --strategy ddp.",
                TrainerArguments.AMP_BACKEND,
                TrainerArguments.STRATEGY))
        : List.of();
  }
}
