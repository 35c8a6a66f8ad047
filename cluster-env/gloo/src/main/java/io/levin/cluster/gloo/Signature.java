package io.levin.cluster.gloo;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Locale;

/**
 * What a call is, in full: two ranks make the same call if these texts are the same.
 *
 * @param operation its name
 * @param text name, option, and dtype and shape of every array
 */
record Signature(String operation, String text) {
  static Signature of(String operation, String option, List<? extends NDArray> arrays) {
    StringBuilder text = new StringBuilder(operation.length() + 8 + 24 * arrays.size());
    text.append(operation)
        .append(option.isEmpty() ? "" : " ")
        .append(option)
        .append(arrays.isEmpty() ? " of nothing" : " of");
    for (NDArray array : arrays) {
      text.append(' ').append(Dtype.of(array).name().toLowerCase(Locale.ROOT));
      long[] shape = array.getShape().getShape();
      text.append('(');
      for (int i = 0; i < shape.length; i++) {
        text.append(i == 0 ? "" : ", ").append(shape[i]);
      }
      text.append(')');
    }
    return new Signature(operation, text.toString());
  }
}
