package io.levin.checkpoint.torch;

import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.DType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers the storages of a file. PyTorch's storages have one type of elements, so bytes that are
 * seen as two types are written twice.
 */
final class StorageTable {
  private final Map<Bytes, int[]> keys = new IdentityHashMap<>();
  private final List<Bytes> all = new ArrayList<>();

  int key(Bytes bytes, DType dtype) {
    int[] byType = keys.computeIfAbsent(bytes, b -> new int[DType.values().length]);
    if (byType[dtype.ordinal()] == 0) {
      all.add(bytes);
      byType[dtype.ordinal()] = all.size();
    }
    return byType[dtype.ordinal()] - 1;
  }

  List<Bytes> all() {
    return all;
  }
}
