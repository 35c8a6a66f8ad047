package io.levin.engine;

import ai.djl.ndarray.types.DataType;

/**
 * Stands between DJL's Java side and its native side wherever a dtype is handed over.
 *
 * <p>DJL's native code knows the dtypes up to {@link DataType#COMPLEX64}; any other ends the whole
 * process there. The mended classes call these methods in place of {@link DataType#ordinal()}.
 */
public final class Dtypes {
  private Dtypes() {}

  /**
   * The number DJL's native side knows the dtype by.
   *
   * @throws UnsupportedOperationException for a dtype that it does not know
   */
  public static int code(DataType dtype) {
    int code = dtype.ordinal();
    if (code > DataType.COMPLEX64.ordinal()) {
      throw new UnsupportedOperationException(
          "DJL cannot make or convert an array of type %s in this operation; convert it first with"
                  .formatted(name(dtype))
              + " toType(DataType.FLOAT32, false)");
    }
    return code;
  }

  /**
   * The same for a reduction that is computed in a wider dtype (softmax, cumulative product): a
   * dtype that DJL cannot name, such as bfloat16, is computed in FLOAT32, which is also autocast's
   * own rule for softmax.
   */
  public static int reductionCode(DataType dtype) {
    return dtype == DataType.UNKNOWN || dtype == DataType.BFLOAT16
        ? DataType.FLOAT32.ordinal()
        : code(dtype);
  }

  private static String name(DataType dtype) {
    return dtype == DataType.UNKNOWN ? "UNKNOWN (DJL's name for bfloat16)" : dtype.name();
  }
}
