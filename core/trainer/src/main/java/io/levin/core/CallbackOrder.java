package io.levin.core;

import io.levin.callback.Callback;
import java.util.ArrayList;
import java.util.List;

/**
 * Callbacks in the order given, those that keep checkpoints last: they must see the others' state.
 */
final class CallbackOrder {
  private CallbackOrder() {}

  static List<Callback> of(List<Callback> given) {
    List<Callback> ordered = new ArrayList<>();
    given.stream().filter(callback -> !callback.keepsCheckpoints()).forEach(ordered::add);
    given.stream().filter(Callback::keepsCheckpoints).forEach(ordered::add);
    return ordered;
  }
}
