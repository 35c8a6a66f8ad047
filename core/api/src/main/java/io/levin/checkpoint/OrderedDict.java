package io.levin.checkpoint;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A Python {@code collections.OrderedDict}, as state dicts are, with the attributes that PyTorch
 * hangs on it ({@code _metadata}).
 */
public final class OrderedDict extends LinkedHashMap<Object, Object> {
  private static final long serialVersionUID = 1L;

  private final transient Map<Object, Object> attributes = new LinkedHashMap<>();

  public OrderedDict() {}

  public OrderedDict(Map<?, ?> entries) {
    super(entries);
  }

  public Map<Object, Object> attributes() {
    return attributes;
  }
}
