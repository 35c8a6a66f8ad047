package io.levin.precision.full;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import io.levin.precision.PrecisionPlugin;
import io.levin.precision.Scope;
import io.levin.torch.OpCasting;

/** 64-bit parameters and floating-point inputs; other inputs stay as they are. */
public final class DoublePrecisionPlugin extends PrecisionPlugin {
  @Override
  public String precision() {
    return "64";
  }

  @Override
  public DataType parameterType() {
    return DataType.FLOAT64;
  }

  @Override
  public Scope forwardContext() {
    return OpCasting.recurrentIn64Bits()::close;
  }

  @Override
  public NDList convertInput(NDList batch) {
    NDList converted = new NDList(batch.size());
    for (NDArray array : batch) {
      if (array.getDataType().isFloating() && array.getDataType() != DataType.FLOAT64) {
        NDArray wide = array.toType(DataType.FLOAT64, false);
        wide.setName(array.getName());
        converted.add(wide);
      } else {
        converted.add(array);
      }
    }
    return converted;
  }
}
