package io.levin.testkit.checkpoint;

import io.levin.LevinException;
import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.DType;
import io.levin.checkpoint.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What cannot be saved: a save of it has to fail, early or late. */
final class BadTrees {
  private static final int FIRST = 50_000;
  private static final String DEFECT = "elements whose owner fails";

  private BadTrees() {}

  static Map<String, Object> all() {
    Map<String, Object> trees = new LinkedHashMap<>();
    trees.put("an object of an unknown class", with(new Object() {}));
    trees.put("a list that contains itself", with(cycle()));
    trees.put(DEFECT, with(failing(new IllegalStateException("gone"))));
    trees.put(
        "elements whose file is damaged",
        with(failing(LevinException.user("gone", "Bring it back."))));
    return trees;
  }

  /** Whether the failure is one of a program, which is passed on as it is. */
  static boolean isDefect(String name) {
    return name.equals(DEFECT);
  }

  private static Map<Object, Object> with(Object bad) {
    Map<Object, Object> tree = new LinkedHashMap<>();
    tree.put("good", Samples.vector(FIRST));
    tree.put("bad", bad);
    return tree;
  }

  private static Object cycle() {
    List<Object> list = new ArrayList<>();
    list.add(List.of(list));
    return list;
  }

  /** The first bytes are there: what was written by then has to go. */
  private static Tensor failing(RuntimeException failure) {
    Bytes bytes =
        new Bytes() {
          @Override
          public long size() {
            return 4L << 20;
          }

          @Override
          public void read(long offset, ByteBuffer into) {
            if (offset + into.remaining() > FIRST) {
              throw failure;
            }
            into.position(into.limit());
          }
        };
    return Tensor.of(DType.UINT8, new long[] {4 << 20}, bytes);
  }
}
