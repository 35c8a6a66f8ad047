package io.levin.strategy.builtin;

import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A network as blocks that run one after the other: those of a {@link SequentialBlock}, and of such
 * blocks within it. Any other network is a chain of one.
 */
final class Chain {
  private Chain() {}

  static List<Block> of(Block network) {
    List<Block> blocks = new ArrayList<>();
    collect(network, blocks);
    return blocks;
  }

  private static void collect(Block block, List<Block> into) {
    if (block instanceof SequentialBlock sequence
        && !sequence.isReturnIntermediate()
        && !sequence.getChildren().isEmpty()
        && runsAsWritten(sequence.getClass())) {
      sequence.getChildren().values().forEach(child -> collect(child, into));
    } else {
      into.add(block);
    }
  }

  /** Whether no subclass says otherwise how the blocks are run. */
  private static boolean runsAsWritten(Class<?> type) {
    return type == SequentialBlock.class
        || runsAsWritten(type.getSuperclass())
            && Arrays.stream(type.getDeclaredMethods())
                .noneMatch(method -> method.getName().startsWith("forward"));
  }
}
