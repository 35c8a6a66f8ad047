package io.levin.engine;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.OptionalLong;

/** Counts the arrays that a manager and those under it keep alive, which DJL shows to nobody. */
public final class LiveArrays {
  private LiveArrays() {}

  /** Empty where this DJL does not let itself be looked at. */
  public static OptionalLong in(NDManager manager) {
    try {
      Field resources = BaseNDManager.class.getDeclaredField("resources");
      resources.setAccessible(true);
      return OptionalLong.of(count(manager, resources));
    } catch (ReflectiveOperationException | RuntimeException e) {
      return OptionalLong.empty(); // a figure for a chart is no reason to end a run
    }
  }

  private static long count(NDManager manager, Field resources) throws IllegalAccessException {
    long count = 0;
    for (Object resource : ((Map<?, ?>) resources.get(manager)).values()) {
      if (resource instanceof NDArray) {
        count++;
      } else if (resource instanceof BaseNDManager nested) {
        count += count(nested, resources);
      }
    }
    return count;
  }
}
