package io.levin.testkit.precision;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizer;
import io.levin.optim.Optimizers;
import io.levin.precision.BackwardPass;
import io.levin.precision.ClipAlgorithm;
import io.levin.precision.Gradients;
import io.levin.precision.OptimizerStep;
import io.levin.precision.PrecisionPlugin;
import io.levin.precision.Scope;
import io.levin.precision.StepResult;
import io.levin.torch.Casts;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A small network that a precision plugin trains, step by step, as the Trainer would: the same
 * weights and data every time.
 */
final class Training implements OptimizerStep, BackwardPass, AutoCloseable {
  private static final int ROWS = 32;
  private static final int INPUTS = 8;
  private static final int OUTPUTS = 4;
  private static final double RATE = 0.05;

  /** What happened to the parts, in order: {@code before}, {@code propagate}, {@code after} … */
  final List<String> events = new ArrayList<>();

  final PrecisionPlugin plugin;
  private final NDManager manager = NDManager.newBaseManager();
  private final NDList batch = new NDList();
  private final List<NDArray> parameters = new ArrayList<>();
  private final SequentialBlock block =
      new SequentialBlock()
          .add(Linear.builder().setUnits(16).build())
          .add(Activation::tanh)
          .add(Linear.builder().setUnits(OUTPUTS).build());
  private final List<DataType> typesAtFirst;
  private final Module module = new Module(block);
  private final ParameterStore store;
  private final Descent optimizer;
  private double clip;
  private ClipAlgorithm algorithm = ClipAlgorithm.NORM;

  /** Set by a test: there is nothing to propagate. */
  boolean isEmpty;

  /** Set by a test: gradients are replaced by this. */
  Float poison;

  double loss;
  double normAtHook;
  DataType outputs;
  NDList converted;

  private static final class Module extends LevinModule {
    Module(SequentialBlock block) {
      super(block, new Shape(1, INPUTS));
    }

    @Override
    public Optimizers configureOptimizers() {
      throw new UnsupportedOperationException("The test has made it");
    }

    @Override
    public NDArray trainingStep(NDList batch, int batchIndex) {
      throw new UnsupportedOperationException("The test does it");
    }
  }

  Training(PrecisionPlugin plugin) {
    this(plugin, RATE);
  }

  Training(PrecisionPlugin plugin, double rate) {
    this.plugin = plugin;
    Random random = new Random(11);
    batch.add(floats(random, ROWS, INPUTS));
    batch.add(floats(random, ROWS, OUTPUTS));
    block.initialize(manager, DataType.FLOAT32, new Shape(1, INPUTS));
    block.getParameters().forEach(pair -> prepare(pair.getValue(), random));
    store = plugin.parameterStore(block, manager);
    optimizer = new Descent(parameters, rate);
    plugin.connect(module, List.of(optimizer));
    typesAtFirst = parameterTypes();
  }

  private NDArray floats(Random random, long... shape) {
    float[] values = new float[(int) new Shape(shape).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian() / 2;
    }
    return manager.create(values, new Shape(shape));
  }

  private void prepare(Parameter parameter, Random random) {
    NDArray values = floats(random, parameter.getArray().getShape().getShape());
    NDArray array =
        switch (plugin.parameterType()) {
          case FLOAT64 -> Casts.toFp64(values);
          case FLOAT16 -> Casts.toFp16(values);
          case BFLOAT16 -> Casts.toBf16(values);
          default -> values;
        };
    array.attach(manager);
    parameter.close();
    parameter.setShape(null);
    parameter.setArray(array);
    array.setRequiresGradient(true);
    parameters.add(array);
  }

  Training clipping(double limit, ClipAlgorithm how) {
    clip = limit;
    algorithm = how;
    return this;
  }

  LevinModule module() {
    return module;
  }

  Descent descent() {
    return optimizer;
  }

  /** One step; its loss is then in {@link #loss}. */
  StepResult step() {
    events.clear();
    return plugin.optimizerStep(this);
  }

  double train(int steps) {
    for (int i = 0; i < steps; i++) {
      step();
    }
    return loss;
  }

  /** All parameters, one after the other, as 32-bit numbers. */
  float[] weights() {
    List<float[]> all = new ArrayList<>();
    for (NDArray parameter : parameters) {
      try (NDArray wide = Casts.toFp32(parameter.stopGradient())) {
        all.add(wide.toFloatArray());
      }
    }
    float[] joined = new float[all.stream().mapToInt(each -> each.length).sum()];
    int at = 0;
    for (float[] each : all) {
      System.arraycopy(each, 0, joined, at, each.length);
      at += each.length;
    }
    return joined;
  }

  /** DJL has more than one name for bfloat16, so it is compared with what it was. */
  boolean keepsTypes() {
    return parameterTypes().equals(typesAtFirst) && typesAtFirst.size() == 1;
  }

  private List<DataType> parameterTypes() {
    return parameters.stream().map(NDArray::getDataType).distinct().toList();
  }

  @Override
  public boolean closure() {
    if (isEmpty) {
      return false;
    }
    JniUtils.setGradMode(true);
    NDArray value;
    try (Scope scope = plugin.forwardContext()) {
      converted = plugin.convertInput(batch);
      NDList output =
          plugin.convertOutput(
              block.forward(store, plugin.convertNetworkInput(new NDList(converted.get(0))), true));
      outputs = output.head().getDataType();
      value = output.head().sub(converted.get(1)).square().mean();
    } finally {
      JniUtils.setGradMode(false);
    }
    loss = value.toType(DataType.FLOAT64, true).getDouble();
    events.add("zero");
    optimizer.zeroGrad();
    plugin.backward(this, value);
    if (poison != null) {
      try (NDArray wrong = manager.create(poison)) {
        optimizer.gradientArrays().forEach(gradient -> poisoned(gradient, wrong));
      }
    }
    return true;
  }

  private static void poisoned(NDArray gradient, NDArray wrong) {
    NDArray of =
        switch (gradient.getDataType()) {
          case FLOAT64 -> Casts.toFp64(wrong);
          case FLOAT16 -> Casts.toFp16(wrong);
          case BFLOAT16 -> Casts.toBf16(wrong);
          default -> wrong.duplicate();
        };
    try (of) {
      gradient.addi(of);
    }
  }

  @Override
  public void before(NDArray propagated) {
    events.add("before");
  }

  @Override
  public void propagate(NDArray propagated) {
    events.add("propagate");
    try (NDArray seed = manager.ones(new Shape(), propagated.getDataType())) {
      JniUtils.backward((PtNDArray) propagated, (PtNDArray) seed, false, false);
    }
  }

  @Override
  public NDArray times(NDArray whole, NDArray factor) {
    JniUtils.setGradMode(true);
    try {
      return whole.mul(factor);
    } finally {
      JniUtils.setGradMode(false);
    }
  }

  @Override
  public void after() {
    events.add("after");
  }

  @Override
  public void afterClosure() {
    events.add("hooks");
    normAtHook = optimizer.norm(optimizer);
    if (clip != 0) {
      plugin.clipGradients(optimizer, optimizer, clip, algorithm);
    }
  }

  @Override
  public Optimizer optimizer() {
    return optimizer;
  }

  @Override
  public int index() {
    return 0;
  }

  @Override
  public Gradients gradients() {
    return optimizer;
  }

  @Override
  public void agreeFoundInf(NDArray foundInf) {
    events.add("agree");
  }

  @Override
  public void close() {
    plugin.teardown();
    optimizer.close();
    manager.close();
  }

  /** The largest difference between two lists of numbers. */
  static double distance(float[] one, float[] other) {
    double largest = 0;
    for (int i = 0; i < one.length; i++) {
      largest = Math.max(largest, Math.abs(one[i] - other[i]));
    }
    return largest;
  }

  /** Root of the sum of the squares of the differences. */
  static double norm(float[] one, float[] other) {
    double squares = 0;
    for (int i = 0; i < one.length; i++) {
      squares += Math.pow(one[i] - other[i], 2);
    }
    return Math.sqrt(squares);
  }
}
