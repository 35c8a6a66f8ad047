package io.levin.checkpoint.safetensors;

import java.util.Map;

/**
 * The header of a safetensors file.
 *
 * @param tensors by name, in the order of their bytes
 * @param metadata free texts
 * @param size of the header in bytes, with the eight that hold its length: where the elements begin
 */
record Header(Map<String, Entry> tensors, Map<String, String> metadata, long size) {
  /** More is refused, as by the reference implementation. */
  static final long LARGEST = 100_000_000;

  static final String METADATA = "__metadata__";

  /**
   * One tensor.
   *
   * @param begin its first byte, counted from the end of the header
   * @param end the byte after its last
   */
  record Entry(Element element, long[] shape, long begin, long end) {
    long bytes() {
      return end - begin;
    }
  }
}
