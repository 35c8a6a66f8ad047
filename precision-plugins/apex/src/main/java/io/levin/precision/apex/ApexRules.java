package io.levin.precision.apex;

import io.levin.arguments.TrainerArguments;
import io.levin.plan.Conflict;
import io.levin.plan.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What Apex cannot do. */
final class ApexRules {
  private ApexRules() {}

  static Optional<Conflict> level(Request request, boolean apex, Set<String> levels) {
    String level = request.arguments().get(TrainerArguments.AMP_LEVEL);
    if (level == null) {
      return Optional.empty();
    }
    if (!apex) {
      return Optional.of(
          Conflict.of(
              "amp-level %s is for Apex, and amp-backend is native.".formatted(level),
              "Leave out --amp-level, or give --amp-backend apex.",
              TrainerArguments.AMP_LEVEL,
              TrainerArguments.AMP_BACKEND));
    }
    return levels.contains(level)
        ? Optional.empty()
        : Optional.of(
            Conflict.of(
                "There is no amp-level '%s'. There are: O0, O1, O2, O3.".formatted(level),
                "Give --amp-level O2.",
                TrainerArguments.AMP_LEVEL));
  }

  static List<Conflict> precision(String precision, String device, boolean sharded) {
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
              "Give --amp-backend native --precision bf16.",
              TrainerArguments.AMP_BACKEND,
              TrainerArguments.ACCELERATOR));
    }
    if (half && sharded) {
      conflicts.add(
          Conflict.of(
              "Apex does not work with sharded strategies.",
              "Give --amp-backend native, or --strategy ddp.",
              TrainerArguments.AMP_BACKEND,
              TrainerArguments.STRATEGY));
    }
    return conflicts;
  }
}
