package io.levin.examples.writer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.levin.torch.Losses;

/** Attention to what came before, then a network for each place; (N, length, width) to the same. */
final class TransformerLayer extends AbstractBlock {
  private final int width;
  private final int heads;
  private final Block norm = addChildBlock("norm", LayerNorm.builder().axis(2).build());
  private final Block look;
  private final Block join;
  private final Block secondNorm = addChildBlock("norm2", LayerNorm.builder().axis(2).build());
  private final Block widen;
  private final Block narrow;

  TransformerLayer(int width, int heads) {
    this.width = width;
    this.heads = heads;
    look = addChildBlock("qkv", Linear.builder().setUnits(3L * width).build());
    join = addChildBlock("out", Linear.builder().setUnits(width).build());
    widen = addChildBlock("up", Linear.builder().setUnits(4L * width).build());
    narrow = addChildBlock("down", Linear.builder().setUnits(width).build());
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    Shape shape = inputs[0];
    for (Block block : new Block[] {norm, look, join, secondNorm, widen}) {
      block.initialize(manager, type, shape);
    }
    narrow.initialize(manager, type, new Shape(shape.get(0), shape.get(1), 4L * width));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return inputs;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDList x = inputs;
    NDList looked = look.forward(store, norm.forward(store, x, training), training);
    x = sum(x, join.forward(store, attend(looked.head()), training));
    NDList wide = widen.forward(store, secondNorm.forward(store, x, training), training);
    return sum(x, narrow.forward(store, Activation.gelu(wide), training));
  }

  private static NDList sum(NDList a, NDList b) {
    return new NDList(a.head().add(b.head()));
  }

  private NDList attend(NDArray queriesKeysValues) {
    long batch = queriesKeysValues.getShape().get(0);
    long length = queriesKeysValues.getShape().get(1);
    NDList parts = queriesKeysValues.split(3, 2);
    NDArray[] byHead = new NDArray[3];
    for (int i = 0; i < 3; i++) {
      byHead[i] = parts.get(i).reshape(batch, length, heads, width / heads).transpose(0, 2, 1, 3);
    }
    NDArray attended = Losses.causalAttention(byHead[0], byHead[1], byHead[2]);
    return new NDList(attended.transpose(0, 2, 1, 3).reshape(batch, length, width));
  }
}
