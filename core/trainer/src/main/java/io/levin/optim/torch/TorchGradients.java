package io.levin.optim.torch;

import io.levin.torch.TensorList;
import java.util.List;

/** An optimizer whose gradients can be handed to libtorch as lists, one a group. */
public interface TorchGradients {
  /** Gradients that exist now; the lists belong to the optimizer. */
  List<TensorList> gradients();
}
