package io.levin.torch;

import java.util.Set;

/** How products come to compute in 16 bits on this platform. */
public enum Lowering {
  /** By libtorch itself. */
  AUTOCAST {
    @Override
    public Region open(Autocast.To type) {
      return Autocast.open(type);
    }
  },
  /** By casts at the door to libtorch, where its autocast cannot be reached. */
  OP_LISTS {
    @Override
    public Region open(Autocast.To type) {
      return new OpLists(type, OpLists.PRODUCTS, Set.of()).open();
    }
  };

  /** The one to use here: autocast where there is one. */
  public static Lowering here() {
    return Autocast.isAvailable() ? AUTOCAST : OP_LISTS;
  }

  /** Products compute in this type until the region is closed. */
  public abstract Region open(Autocast.To type);
}
