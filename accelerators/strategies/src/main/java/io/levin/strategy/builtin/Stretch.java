package io.levin.strategy.builtin;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;

/** Blocks of a chain between which nothing is gathered: one with parameters, and those without. */
final class Stretch {
  private final List<Block> blocks = new ArrayList<>();
  private boolean hasParameters;

  static List<Stretch> of(List<Block> chain) {
    List<Stretch> stretches = new ArrayList<>(List.of(new Stretch()));
    for (Block block : chain) {
      boolean has = block.getParameters().values().stream().anyMatch(p -> p.requiresGradient());
      Stretch last = stretches.get(stretches.size() - 1);
      if (has && last.hasParameters) {
        last = new Stretch();
        stretches.add(last);
      }
      last.blocks.add(block);
      last.hasParameters |= has;
    }
    return stretches;
  }

  List<Block> blocks() {
    return blocks;
  }

  NDList forward(ParameterStore parameters, NDList inputs, boolean training) {
    NDList current = inputs;
    for (Block block : blocks) {
      current = block.forward(parameters, current, training);
    }
    return current;
  }
}
