package io.levin.strategy.builtin;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.levin.torch.Gradient;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What has run forward in pieces, to be run backward in pieces. Between two pieces the recording is
 * cut: the next one begins with leaves, whose gradients are then propagated through the one before.
 * So parameters can be there while their own piece is run, and at no other time.
 */
final class Tape {
  private final List<Piece> pieces = new ArrayList<>();

  /**
   * A piece.
   *
   * @param ends what it gave, recorded
   * @param leaves what the next one, or the user, goes on with; null where nothing is recorded
   * @param isLast whether the user has its leaves
   */
  private record Piece(NDList ends, NDList leaves, List<Unit> units, boolean isLast) {}

  /** Cuts the recording behind a piece, and gives what to go on with. */
  NDList cut(NDList ends, List<Unit> units, boolean isLast) {
    NDList leaves = new NDList(ends.size());
    NDList next = new NDList(ends.size());
    boolean records = false;
    for (NDArray end : ends) {
      NDArray leaf = null;
      if (Gradient.reaches(end)) {
        records = true;
        leaf = end.stopGradient();
        leaf.setName(end.getName());
        leaf.setRequiresGradient(true);
      }
      leaves.add(leaf);
      next.add(leaf == null ? end : leaf);
    }
    if (records) {
      pieces.add(new Piece(ends, leaves, units, isLast));
    }
    return next;
  }

  /** Whether a unit will be needed by a backward pass. */
  boolean needs(Unit unit) {
    return pieces.stream().anyMatch(piece -> piece.units().contains(unit));
  }

  /**
   * Propagates the gradients that have come to the leaves. Pieces to which none came stay, for
   * another loss.
   */
  void backward(Function<Parameter, DataType> types) {
    for (int i = pieces.size() - 1; i >= 0; i--) {
      Piece piece = pieces.get(i);
      List<NDArray> gradients = gradients(piece);
      if (gradients.stream().allMatch(java.util.Objects::isNull)) {
        continue;
      }
      piece.units().forEach(unit -> unit.open(types));
      propagate(piece, gradients);
      pieces.remove(i);
      for (Unit unit : piece.units()) {
        if (needs(unit)) {
          unit.rest();
        } else {
          unit.reduce();
        }
      }
    }
  }

  private static List<NDArray> gradients(Piece piece) {
    List<NDArray> gradients = new ArrayList<>();
    for (NDArray leaf : piece.leaves()) {
      gradients.add(leaf == null ? null : Gradient.of(leaf));
    }
    return gradients;
  }

  private static void propagate(Piece piece, List<NDArray> gradients) {
    long left = gradients.stream().filter(java.util.Objects::nonNull).count();
    for (int i = 0; i < gradients.size(); i++) {
      if (gradients.get(i) != null) {
        left--;
        JniUtils.backward(
            (PtNDArray) piece.ends().get(i), (PtNDArray) gradients.get(i), left > 0, false);
        gradients.get(i).close();
      }
    }
    // Gradients go with their leaves; those of the last piece are in the user's hands.
    if (!piece.isLast()) {
      piece.leaves().stream().filter(java.util.Objects::nonNull).forEach(NDArray::close);
    }
  }

  /** Forgets what no loss came to. */
  void clear() {
    pieces.stream().flatMap(piece -> piece.units().stream()).forEach(Unit::drop);
    pieces.clear();
  }
}
