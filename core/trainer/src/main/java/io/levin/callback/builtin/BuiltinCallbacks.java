package io.levin.callback.builtin;

import io.levin.arguments.Arguments;
import io.levin.callback.Callback;
import java.util.List;

public final class BuiltinCallbacks {
  private BuiltinCallbacks() {}

  public static List<Callback> of(Arguments arguments, List<Callback> given) {
    return List.of();
  }
}
