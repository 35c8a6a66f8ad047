package io.levin.testkit.assertions;

import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.TensorPaths;
import java.util.Map;
import org.assertj.core.api.AbstractAssert;

/** Assertions about what a checkpoint holds. */
public final class CheckpointAssert extends AbstractAssert<CheckpointAssert, Checkpoint> {
  public CheckpointAssert(Checkpoint actual) {
    super(actual, CheckpointAssert.class);
  }

  /**
   * It holds the same tree: values, their types and order, tensors bit for bit, and what shares
   * storage or is one object shares it or is one here too.
   */
  public CheckpointAssert holds(Object root) {
    isNotNull();
    new SameTree(true).compare("", root, actual.root());
    return this;
  }

  /**
   * As {@link #holds}, but tensors may share storage or not, and maps be of any kind and in any
   * order.
   */
  public CheckpointAssert holdsValuesOf(Object root) {
    isNotNull();
    new SameTree(false).compare("", root, actual.root());
    return this;
  }

  /** It holds the same as another. */
  public CheckpointAssert isTheSameAs(Checkpoint other) {
    return holds(other.root());
  }

  /**
   * It holds a tensor with the same type, shape and elements.
   *
   * @param path as in {@link TensorPaths}, for example {@code state_dict/net.0.weight}
   */
  public CheckpointAssert holdsTensor(String path, Tensor expected) {
    isNotNull();
    Map<String, Tensor> tensors = TensorPaths.of(actual.root());
    if (!tensors.containsKey(path)) {
      failWithMessage("There is no tensor '%s' in it; there are %s.", path, tensors.keySet());
    }
    new SameTree(false).compare(path, expected, tensors.get(path));
    return this;
  }
}
