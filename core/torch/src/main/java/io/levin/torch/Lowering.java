package io.levin.torch;

import ai.djl.Device;
import java.util.Set;

/** How products come to compute in 16 bits on this platform. */
public enum Lowering {
  /** By libtorch itself. */
  AUTOCAST {
    @Override
    public Region open(Autocast.To type) {
      Region autocast = Autocast.open(type);
      if (type != Autocast.To.FP16) {
        return autocast;
      }
      // Left to autocast, an LSTM comes to oneDNN in float16, which has none on the CPU.
      Region recurrent = RECURRENT_IN_FP16.open();
      return () -> {
        recurrent.close();
        autocast.close();
      };
    }
  },
  /** By casts at the door to libtorch, where its autocast cannot be reached. */
  OP_LISTS {
    @Override
    public Region open(Autocast.To type) {
      return new OpLists(type, OpLists.PRODUCTS, Set.of()).open();
    }
  };

  private static final OpLists RECURRENT_IN_FP16 =
      new OpLists(Autocast.To.FP16, Set.of("lstm"), Set.of());

  /** The one to use here: autocast where there is one. */
  public static Lowering here() {
    return Autocast.isAvailable() ? AUTOCAST : OP_LISTS;
  }

  /** The one to use on a device: libtorch's autocast looks at no array that is not the CPU's. */
  public static Lowering on(Device device) {
    return Transfer.isDirect(device) ? here() : OP_LISTS;
  }

  /** Products compute in this type until the region is closed. */
  public abstract Region open(Autocast.To type);
}
