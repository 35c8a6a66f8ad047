package io.levin.examples.writer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Embedding;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.util.PairList;

/** A vector for each character plus one for its place; int64 (N, length) to (N, length, width). */
final class Embeddings extends AbstractBlock {
  private final int width;
  private final Parameter characters;
  private final Parameter places;

  Embeddings(int size, int context, int width) {
    this.width = width;
    this.characters = table("characters", new Shape(size, width));
    this.places = table("places", new Shape(context, width));
  }

  private Parameter table(String name, Shape shape) {
    return addParameter(
        Parameter.builder()
            .setName(name)
            .setType(Parameter.Type.WEIGHT)
            .optShape(shape)
            .optInitializer(new NormalInitializer(0.02f))
            .build());
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {inputs[0].add(width)};
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray text = inputs.head();
    NDArray table = store.getValue(characters, text.getDevice(), training);
    NDArray place = store.getValue(places, text.getDevice(), training);
    NDArray vectors = Embedding.embedding(text, table, SparseFormat.DENSE).head();
    return new NDList(vectors.add(place.get(new NDIndex("0:{}", text.getShape().get(1)))));
  }
}
