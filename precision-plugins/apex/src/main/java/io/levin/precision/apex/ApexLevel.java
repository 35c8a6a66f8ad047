package io.levin.precision.apex;

import io.levin.torch.Autocast;
import io.levin.torch.OpLists;
import java.util.Set;

/** Apex's optimization levels: where 16 bits are used. */
public enum ApexLevel {
  /** 32 bits throughout. */
  O0,
  /** Operations that gain by it compute in 16 bits, those that need more in 32. */
  O1,
  /** The network is in 16 bits but for batch normalization, its masters in 32. */
  O2,
  /** Everything is in 16 bits, also parameters, gradients and what the optimizer keeps. */
  O3;

  /** What {@link #O1} patches, of the operations that DJL has. */
  static final OpLists PATCHES =
      new OpLists(
          Autocast.To.FP16,
          Set.of(
              "conv1d", "conv2d", "conv3d", "linear", "matmul", "mm", "mv", "addmm", "addmv", "bmm",
              "baddbmm", "rnn", "gru", "lstm"),
          Set.of(
              "acos",
              "asin",
              "cosh",
              "erfinv",
              "exp",
              "log",
              "log10",
              "log2",
              "sinh",
              "tan",
              "pow",
              "cumprod",
              "cumsum",
              "norm",
              "prod",
              "sum",
              "interpolate",
              "softplus",
              "softmax",
              "log_softmax",
              "gelu",
              "layer_norm",
              "normalize"));

  /** Whether the loss is scaled, and how, when nobody says. */
  String standardScale() {
    return this == O1 || this == O2 ? ApexLossScale.DYNAMIC : "1";
  }
}
