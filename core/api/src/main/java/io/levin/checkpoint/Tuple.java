package io.levin.checkpoint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A Python tuple: a list that does not change, and may be a key.
 *
 * @param items may hold null
 */
public record Tuple(List<Object> items) {
  public Tuple {
    items = Collections.unmodifiableList(new ArrayList<>(items));
  }

  public static Tuple of(Object... items) {
    return new Tuple(Arrays.asList(items));
  }
}
