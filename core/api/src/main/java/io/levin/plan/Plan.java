package io.levin.plan;

import io.levin.arguments.Arguments;
import io.levin.arguments.TrainerArguments;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One choice for every family: what a run is made of. Immutable. */
public record Plan(Map<Family, Choice> choices, Arguments arguments) {
  public Plan {
    for (Family family : Family.values()) {
      if (!choices.containsKey(family)) {
        throw new IllegalArgumentException("no choice for " + family.id());
      }
    }
    choices = Map.copyOf(new EnumMap<>(choices));
  }

  public Choice choice(Family family) {
    return choices.get(family);
  }

  /** Number of devices that work together on one node. */
  public int parallelDevices() {
    return devices().size();
  }

  /** Indices of this node's devices. */
  @SuppressWarnings("unchecked") // documented in Settings.DEVICES
  public List<Integer> devices() {
    return choice(Family.ACCELERATOR).setting(Settings.DEVICES, List.class, List.of(0));
  }

  public int numNodes() {
    return arguments.get(TrainerArguments.NUM_NODES);
  }

  /** {@code 16}, {@code 32}, {@code 64}, {@code bf16}, or what a plugin calls it. */
  public String precision() {
    return choice(Family.PRECISION).setting(Settings.PRECISION, String.class, "32");
  }

  public boolean hasScaler() {
    return choice(Family.PRECISION).setting(Settings.SCALER, Boolean.class, false);
  }

  public boolean emulated() {
    return choice(Family.ACCELERATOR).setting(Settings.EMULATED, Boolean.class, false);
  }
}
