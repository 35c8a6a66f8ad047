package io.levin.cluster.gloo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.levin.LevinException;
import io.levin.collective.Reduction;
import io.levin.torch.Collectives;

/** The dtypes that travel, and what Gloo can do with them. */
enum Dtype {
  FLOAT32(true, true),
  FLOAT64(true, true),
  /** Reduced in 32 bits: Gloo would round after every addition. */
  FLOAT16(true, false),
  /** Reduced in 32 bits, and sent as bits: Gloo does not know it. */
  BFLOAT16(true, false),
  INT64(false, true),
  INT32(false, true),
  INT8(false, true),
  UINT8(false, true),
  BOOLEAN(false, false);

  private static final int BFLOAT16_CODE = 15;

  private final boolean floating;
  private final boolean isReducedAsItIs;

  Dtype(boolean floating, boolean isReducedAsItIs) {
    this.floating = floating;
    this.isReducedAsItIs = isReducedAsItIs;
  }

  /**
   * The dtype of an array that can travel.
   *
   * @throws LevinException for one that cannot
   */
  static Dtype of(NDArray array) {
    if (array.getDevice().isGpu()) {
      throw LevinException.user(
          "Gloo works in the memory of the CPU, and an array is on %s."
              .formatted(array.getDevice()),
          "Copy it with toDevice(Device.cpu(), false) first.");
    }
    if (array.isSparse()) {
      throw LevinException.user(
          "Gloo shares dense arrays, and one of these is sparse.", "Make it dense first.");
    }
    DataType type = array.getDataType();
    return switch (type) {
      case FLOAT32 -> FLOAT32;
      case FLOAT64 -> FLOAT64;
      case FLOAT16 -> FLOAT16;
      case BFLOAT16 -> BFLOAT16;
      case INT64 -> INT64;
      case INT32 -> INT32;
      case INT8 -> INT8;
      case UINT8 -> UINT8;
      case BOOLEAN -> BOOLEAN;
      case UNKNOWN -> {
        if (Collectives.dtype(array) == BFLOAT16_CODE) {
          yield BFLOAT16;
        }
        throw unknown("a type that DJL cannot name");
      }
      default -> throw unknown(type.name());
    };
  }

  private static LevinException unknown(String type) {
    return LevinException.user(
        "Gloo cannot share arrays of %s.".formatted(type),
        "Convert it with toType(DataType.FLOAT32, false) first.");
  }

  /** Whether it is computed in 32 bits. */
  boolean isNarrow() {
    return floating && !isReducedAsItIs;
  }

  /**
   * @throws LevinException where there is no such reduction of this dtype
   */
  void check(Reduction reduction) {
    if (this == BOOLEAN) {
      throw LevinException.user(
          "Arrays of BOOLEAN have no sum, mean or max.",
          "Convert it with toType(DataType.UINT8, false) first.");
    }
    if (reduction == Reduction.MEAN && !floating) {
      throw LevinException.user(
          "The mean of arrays of %s would be cut.".formatted(this),
          "Use Reduction.SUM, or convert to a floating-point type first.");
    }
  }
}
