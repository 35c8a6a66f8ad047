package com.example.precision.wideloss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import io.levin.precision.PrecisionPlugin;
import io.levin.torch.Casts;

/**
 * A network in 32 bits whose losses and metrics are computed in 64: for sums over so many elements
 * that 32 bits lose the last of them. Gradients come back in 32.
 */
public final class WideLossPrecisionPlugin extends PrecisionPlugin {
  @Override
  public NDList convertOutput(NDList outputs) {
    NDList wide = new NDList(outputs.size());
    for (NDArray output : outputs) {
      // DJL's own toType() would carry no gradient.
      NDArray same = output.getDataType() == DataType.FLOAT32 ? Casts.toFp64(output) : output;
      same.setName(output.getName());
      wide.add(same);
    }
    return wide;
  }
}
