package io.levin.cli;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.io.PrintStream;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prints an array as lines of tab-separated numbers, one line for each index of axis 0. */
final class Rows {
  private Rows() {}

  static void print(NDArray array, PrintStream out) {
    Number[] values = values(array);
    int rows = array.getShape().dimension() == 0 ? 1 : (int) array.getShape().get(0);
    int width = rows == 0 ? 0 : values.length / rows;
    for (int row = 0; row < rows; row++) {
      int start = row * width;
      out.println(
          IntStream.range(start, start + width)
              .mapToObj(i -> values[i].toString())
              .collect(Collectors.joining("\t")));
    }
  }

  private static Number[] values(NDArray array) {
    DataType type = array.getDataType();
    if (type == DataType.FLOAT32 || type == DataType.FLOAT64 || type == DataType.FLOAT16) {
      try (NDArray doubles = array.toType(DataType.FLOAT64, true)) {
        return doubles.toArray();
      }
    }
    return array.toArray();
  }
}
