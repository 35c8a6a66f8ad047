package io.levin.checkpoint.safetensors;

import io.levin.checkpoint.Tensor;

/**
 * A tensor as a safetensors file holds it: row-major and alone.
 *
 * @param name in the file
 * @param element type in the file, which need not be the values' own
 * @param shape in elements of that type
 * @param content whose elements are written, in row-major order
 */
record Stored(String name, Element element, long[] shape, Tensor content) {
  long bytes() {
    return content.size();
  }
}
