package io.levin.core;

import io.levin.callback.Callback;
import io.levin.module.LevinModule;
import java.util.List;
import java.util.function.Consumer;

/** Calls a moment's hooks: callbacks in order, then the module. */
final class Hooks {
  /** A callback's side of a moment. */
  @FunctionalInterface
  interface Moment {
    void call(Callback callback);
  }

  private final Callback[] callbacks;
  private final LevinModule module;

  Hooks(List<Callback> callbacks, LevinModule module) {
    this.callbacks = callbacks.toArray(Callback[]::new);
    this.module = module;
  }

  LevinModule module() {
    return module;
  }

  void call(Moment moment, Consumer<LevinModule> own) {
    call(moment);
    own.accept(module);
  }

  void call(Moment moment) {
    for (Callback callback : callbacks) {
      moment.call(callback);
    }
  }
}
