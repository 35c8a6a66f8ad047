package io.levin.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import io.levin.torch.Autocast;
import io.levin.torch.Foreach;
import io.levin.torch.Fused;
import io.levin.torch.TensorList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a step of mixed precision adds: autocast's region, the unscaling, the fused update. */
public final class Kernels {
  private static final int TENSORS = 48;
  private static final int EACH = 512 * 1024;
  private static final int ROUNDS = 21;
  private static final int REGIONS = 20_000;

  private Kernels() {}

  public static void main(String[] arguments) {
    Engine.getInstance();
    JniUtils.setNumThreads(Integer.getInteger("threads", 2));
    double[] regions = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < REGIONS; i++) {
        Autocast.open(Autocast.To.BF16).close();
      }
      regions[round] = (System.nanoTime() - start) / 1e3 / REGIONS;
    }
    print("autocast entered and left", "µs", regions);
    try (NDManager manager = NDManager.newBaseManager();
        TensorList parameters = list(manager, 1);
        TensorList gradients = list(manager, 1e-3f);
        TensorList first = list(manager, 0);
        TensorList second = list(manager, 0);
        TensorList none = TensorList.of(List.of());
        TensorList steps = steps(manager)) {
      NDArray found = manager.zeros(new Shape(1));
      NDArray inverse = manager.ones(new Shape(1));
      print(
          "25 M gradients unscaled and checked",
          "ms",
          millis(() -> Foreach.unscale(gradients, found, inverse)));
      Fused.AdamOptions options = new Fused.AdamOptions(1e-3, 0.9, 0.999, 0.01, 1e-8, false, false);
      print(
          "fused AdamW of 25 M parameters",
          "ms",
          millis(() -> Fused.adamW(parameters, gradients, first, second, none, steps, options)));
    }
  }

  private static double[] millis(Runnable call) {
    double[] times = new double[ROUNDS];
    call.run();
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      call.run();
      times[round] = (System.nanoTime() - start) / 1e6;
    }
    return times;
  }

  private static void print(String what, String unit, double[] times) {
    double least = java.util.Arrays.stream(times).min().orElseThrow();
    System.out.printf(
        Locale.ROOT, "%s: median %.2f %s, least %.2f%n", what, TinyStep.median(times), unit, least);
  }

  private static TensorList list(NDManager manager, float value) {
    List<NDArray> arrays = new ArrayList<>();
    for (int i = 0; i < TENSORS; i++) {
      arrays.add(manager.full(new Shape(EACH), value));
    }
    return TensorList.of(arrays);
  }

  private static TensorList steps(NDManager manager) {
    List<NDArray> arrays = new ArrayList<>();
    for (int i = 0; i < TENSORS; i++) {
      arrays.add(manager.zeros(new Shape()));
    }
    return TensorList.of(arrays);
  }
}
