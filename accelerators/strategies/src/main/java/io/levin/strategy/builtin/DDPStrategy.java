package io.levin.strategy.builtin;

import static java.util.Objects.requireNonNull;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import io.levin.collective.ProcessGroup;
import io.levin.module.LevinModule;
import io.levin.optim.NamedArray;
import io.levin.optim.Optimizer;
import io.levin.strategy.Strategy;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One process for every device, each with the whole model and its own part of the data: all begin
 * with the parameters of rank 0, and all step by the mean of their gradients.
 */
public final class DDPStrategy implements Strategy {
  private static final Set<Parameter.Type> RUNNING =
      EnumSet.of(Parameter.Type.RUNNING_MEAN, Parameter.Type.RUNNING_VAR);

  private final String name;
  private final Device device;
  private final ProcessGroup group;
  private final boolean findsUnused;
  private final List<NDArray> statistics = new ArrayList<>();
  private SharedGradients gradients;

  /**
   * @param name as in plans
   * @param group all processes of the run; closed with this strategy
   * @param findsUnused whether a parameter that only some ranks used in a step has a gradient of
   *     zero on the others; otherwise such a step fails on all ranks
   */
  public DDPStrategy(String name, Device device, ProcessGroup group, boolean findsUnused) {
    this.findsUnused = findsUnused;
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
    statistics.clear();
    List<NamedArray> trained = new ArrayList<>();
    List<NDArray> all = new ArrayList<>();
    for (Pair<String, Parameter> entry : module.block().getParameters()) {
      Parameter parameter = entry.getValue();
      all.add(parameter.getArray());
      if (RUNNING.contains(parameter.getType())) {
        statistics.add(parameter.getArray());
      }
      if (parameter.requiresGradient()) {
        trained.add(new NamedArray(name(entry.getKey()), parameter.getArray()));
      }
    }
    if (!all.isEmpty()) {
      group.broadcast(all, 0);
    }
    gradients = new SharedGradients(group, trained, findsUnused);
  }

  /** DJL joins a layer and its parameter with a line; we do with a dot. */
  private static String name(String joined) {
    int line = joined.lastIndexOf('_');
    return line < 0 ? joined : joined.substring(0, line) + "." + joined.substring(line + 1);
  }

  /**
   * The gradients of a window become their mean over all ranks; the running statistics of batch
   * normalization become rank 0's, so that all ranks evaluate alike.
   */
  @Override
  public void afterBackward(boolean endsWindow) {
    if (endsWindow) {
      gradients.average();
      if (!statistics.isEmpty()) {
        group.broadcast(statistics, 0);
      }
    }
  }

  @Override
  public void close() {
    group.close();
  }
}
