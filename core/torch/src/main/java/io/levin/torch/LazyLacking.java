package io.levin.torch;

import ai.djl.ndarray.NDArray;
import io.levin.engine.Lacking;

/**
 * Operations of lazy arrays that libtorch cannot record are the CPU's. What it makes of them by
 * itself are lists of arrays of no device, whose use may end the process.
 */
final class LazyLacking implements Lacking.Carrier {
  @Override
  public NDArray toCpu(NDArray array) {
    return LazyDevice.is(array.getDevice()) ? Script.recorded("host", array) : array;
  }

  @Override
  public NDArray back(NDArray result, NDArray like) {
    return Script.recorded("like", result, like);
  }
}
