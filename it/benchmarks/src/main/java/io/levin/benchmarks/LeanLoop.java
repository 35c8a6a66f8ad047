package io.levin.benchmarks;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import io.levin.data.Dataset;
import io.levin.torch.Fused;
import io.levin.torch.Gradient;
import io.levin.torch.TensorList;
import java.util.ArrayList;
import java.util.List;

/** The same training written by hand: no Trainer, no hooks, nothing but the engine's calls. */
final class LeanLoop implements AutoCloseable {
  private final NDManager manager = NDManager.newBaseManager(Device.cpu());
  private final Block block;
  private final ParameterStore store;
  private final List<PtNDArray> parameters = new ArrayList<>();
  private final List<NDArray> first = new ArrayList<>();
  private final List<NDArray> second = new ArrayList<>();
  private final List<NDArray> counts = new ArrayList<>();
  private final PtNDArray one;
  private final Dataset data;
  private final boolean classifies;
  private TensorList[] lists;

  LeanLoop(int[] widths, Dataset data) {
    this.data = data;
    classifies = widths[widths.length - 1] > 1;
    block = Mlp.net(widths);
    block.initialize(manager, DataType.FLOAT32, new Shape(1, widths[0]));
    store = new ParameterStore(manager, false);
    one = (PtNDArray) manager.ones(new Shape());
    block
        .getParameters()
        .forEach(
            pair -> {
              Parameter parameter = pair.getValue();
              parameter.getArray().setRequiresGradient(true);
              parameters.add((PtNDArray) parameter.getArray());
              first.add(parameter.getArray().zerosLike());
              second.add(parameter.getArray().zerosLike());
              counts.add(manager.zeros(new Shape()));
            });
  }

  /** Trains on batches from the start of the data, over and over. */
  void run(int steps, int batchSize) {
    int batches = (int) (data.size() / batchSize);
    for (int step = 0; step < steps; step++) {
      long[] indices = new long[batchSize];
      for (int i = 0; i < batchSize; i++) {
        indices[i] = (long) (step % batches) * batchSize + i;
      }
      try (NDManager scope = manager.newSubManager()) {
        step(data.batch(scope, indices));
      }
    }
  }

  private void step(NDList batch) {
    JniUtils.setGradMode(true);
    NDArray outputs = block.forward(store, new NDList(batch.get(0)), true).singletonOrThrow();
    NDArray loss = Mlp.loss(outputs, batch.get(1), classifies);
    JniUtils.setGradMode(false);
    if (classifies) {
      adam(loss);
    } else {
      sgd(loss);
    }
  }

  private void sgd(NDArray loss) {
    JniUtils.backward((PtNDArray) loss, one, false, false);
    for (PtNDArray parameter : parameters) {
      try (PtNDArray gradient = JniUtils.getGradient(parameter)) {
        JniUtils.sgdUpdate(parameter, gradient, null, 1e-3f, 0, 1, 0, 0);
      }
      JniUtils.zeroGrad(parameter);
    }
  }

  private void adam(NDArray loss) {
    JniUtils.backward((PtNDArray) loss, one, false, false);
    if (lists == null) {
      List<NDArray> gradients = new ArrayList<>();
      parameters.forEach(parameter -> gradients.add(Gradient.of(parameter)));
      lists =
          new TensorList[] {
            TensorList.of(new ArrayList<NDArray>(parameters)),
            TensorList.of(gradients),
            TensorList.of(first),
            TensorList.of(second),
            TensorList.of(List.of()),
            TensorList.of(counts)
          };
    }
    Fused.adam(
        lists[0],
        lists[1],
        lists[2],
        lists[3],
        lists[4],
        lists[5],
        new Fused.AdamOptions(1e-3, 0.9, 0.999, 0, 1e-8, false, false));
    parameters.forEach(JniUtils::zeroGrad);
  }

  @Override
  public void close() {
    manager.close();
  }
}
