package io.levin.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes operations that give several arrays, recurrent ones and splits, to the CPU for arrays of a
 * device that lacks them, and what they give back to it. The mended {@code JniUtils} calls it;
 * without a {@link Carrier} that costs one read of a field.
 */
public final class Lacking {
  /** Moves arrays, recorded. */
  public interface Carrier {
    /** The same on the CPU; the array itself if its device does without. */
    NDArray toCpu(NDArray array);

    /** A result of the CPU, on the device of another array. */
    NDArray back(NDArray result, NDArray like);
  }

  /** What one operation has moved. */
  private static final class Journey {
    private final List<NDArray> copies = new ArrayList<>();
    private NDArray like;
  }

  private static final ThreadLocal<Journey> JOURNEYS = ThreadLocal.withInitial(Journey::new);
  private static volatile Carrier carrier;

  private Lacking() {}

  /** Has arrays of the process moved from now on. */
  public static void carriedBy(Carrier newCarrier) {
    carrier = newCarrier;
  }

  /** Called by the mended class first of all: the operation before may have failed on its way. */
  public static void begin() {
    if (carrier != null) {
      JOURNEYS.get().copies.forEach(NDArray::close);
      JOURNEYS.remove();
    }
  }

  /** Called by the mended class for each array that goes into the operation. */
  public static PtNDArray in(PtNDArray array) {
    Carrier by = carrier;
    if (by == null || array == null) {
      return array;
    }
    NDArray copy = by.toCpu(array);
    if (copy != array) {
      Journey journey = JOURNEYS.get();
      journey.copies.add(copy);
      journey.like = array;
    }
    return (PtNDArray) copy;
  }

  /** Called by the mended class for states and weights. */
  public static NDList in(NDList arrays) {
    if (carrier == null || arrays == null) {
      return arrays;
    }
    NDList copies = new NDList(arrays.size());
    arrays.forEach(array -> copies.add(in((PtNDArray) array)));
    return copies;
  }

  /** Called by the mended class for what the operation gives. */
  public static NDList out(NDList results) {
    Carrier by = carrier;
    if (by == null || JOURNEYS.get().like == null) {
      return results;
    }
    Journey journey = JOURNEYS.get();
    NDList moved = new NDList(results.size());
    for (NDArray result : results) {
      moved.add(by.back(result, journey.like));
      result.close();
    }
    // Autograd keeps what it needs by itself.
    journey.copies.forEach(NDArray::close);
    JOURNEYS.remove();
    return moved;
  }
}
