package io.levin.strategy.builtin;

import static java.util.Objects.requireNonNull;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import io.levin.collective.ProcessGroup;
import io.levin.collective.Reduction;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizer;
import io.levin.strategy.Strategy;
import io.levin.torch.Gradient;
import java.util.ArrayList;
import java.util.List;

/**
 * One process for every device, each with the whole model and its own part of the data: all begin
 * with the parameters of rank 0, and all step by the mean of their gradients.
 *
 * <p>A parameter must have a gradient on all ranks or on none; otherwise all of them fail, within
 * the group's timeout, and say which ranks share what.
 */
public final class DDPStrategy implements Strategy {
  private final String name;
  private final Device device;
  private final ProcessGroup group;
  private final List<NDArray> trained = new ArrayList<>();

  /**
   * @param name as in plans
   * @param group all processes of the run; closed with this strategy
   */
  public DDPStrategy(String name, Device device, ProcessGroup group) {
    this.name = requireNonNull(name, "name");
    this.device = requireNonNull(device, "device");
    this.group = requireNonNull(group, "group");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public ProcessGroup group() {
    return group;
  }

  /** Gives all ranks the parameters and buffers of rank 0, in place. */
  @Override
  public void connect(LevinModule module, List<Optimizer> optimizers) {
    trained.clear();
    List<NDArray> all = new ArrayList<>();
    for (Pair<String, Parameter> entry : module.block().getParameters()) {
      Parameter parameter = entry.getValue();
      all.add(parameter.getArray());
      if (parameter.requiresGradient()) {
        trained.add(parameter.getArray());
      }
    }
    if (!all.isEmpty()) {
      group.broadcast(all, 0);
    }
  }

  /** The gradients of a window become their mean over all ranks, in one message for each dtype. */
  @Override
  public void afterBackward(boolean endsWindow) {
    if (!endsWindow) {
      return;
    }
    List<NDArray> gradients = new ArrayList<>(trained.size());
    try {
      for (NDArray parameter : trained) {
        NDArray gradient = Gradient.of(parameter);
        if (gradient != null) {
          gradients.add(gradient);
        }
      }
      // With none here, a rank that has some must still hear of it.
      group.allReduce(gradients, Reduction.MEAN);
    } finally {
      gradients.forEach(NDArray::close);
    }
  }

  @Override
  public void close() {
    group.close();
  }
}
