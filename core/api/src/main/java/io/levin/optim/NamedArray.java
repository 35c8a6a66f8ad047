package io.levin.optim;

import static java.util.Objects.requireNonNull;

import ai.djl.ndarray.NDArray;

/** A parameter or buffer and its path in the model, for example {@code 02Linear.weight}. */
public record NamedArray(String name, NDArray array) {
  public NamedArray {
    requireNonNull(name, "name");
    requireNonNull(array, "array");
  }
}
