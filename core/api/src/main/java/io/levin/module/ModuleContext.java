package io.levin.module;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.levin.optim.NamedArray;
import io.levin.optim.Optimizer;
import io.levin.precision.ClipAlgorithm;
import io.levin.trainer.Trainer;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** What a run gives its module. Made by the Trainer; users meet it through {@link LevinModule}. */
@ProviderType
public interface ModuleContext {
  Trainer trainer();

  NDList forward(NDList inputs);

  List<NamedArray> parameters();

  List<Optimizer> optimizers();

  void manualBackward(NDArray loss);

  void clipGradients(Optimizer optimizer, double value, ClipAlgorithm algorithm);

  void log(String name, NDArray value, LogOptions options);

  void log(String name, double value, LogOptions options);
}
