package io.levin.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.levin.LevinException;
import io.levin.MisconfigurationException;
import io.levin.module.LevinModule;
import io.levin.precision.PrecisionPlugin;
import io.levin.precision.Scope;

/** Runs the module's steps in the run's precision. */
final class ModelSteps {
  private final LevinModule module;
  private final PrecisionPlugin precision;

  ModelSteps(LevinModule module, PrecisionPlugin precision) {
    this.module = module;
    this.precision = precision;
  }

  /** One kind of step. */
  @FunctionalInterface
  interface Step<T> {
    T run(NDList batch);
  }

  /** Runs a step with recording on or off; switches it off again whatever happens. */
  <T> T run(NDList batch, boolean recording, String name, Step<T> step) {
    Autograd.recording(recording);
    try (Scope scope = precision.forwardContext()) {
      return step.run(precision.convertInput(batch));
    } catch (ai.djl.engine.EngineException
        | IllegalArgumentException
        | IllegalStateException
        | UnsupportedOperationException e) {
      throw failed(name, batch, e);
    } finally {
      Autograd.recording(false);
    }
  }

  NDArray trainingLoss(NDList batch, int batchIndex, int optimizerIndex) {
    NDArray loss =
        run(batch, true, "trainingStep", b -> module.trainingStep(b, batchIndex, optimizerIndex));
    if (loss != null && loss.size() != 1) {
      throw new MisconfigurationException(
          "trainingStep of %s returned an array of shape %s, but a loss is one number."
              .formatted(module.getClass().getSimpleName(), loss.getShape()),
          "Reduce it, for example with mean().");
    }
    return loss;
  }

  private LevinException failed(String name, NDList batch, RuntimeException failure) {
    return new LevinException(
        LevinException.Kind.USER,
        "%s of %s failed on a batch of shapes %s: %s"
            .formatted(name, module.getClass().getSimpleName(), shapes(batch), why(failure)),
        "Run with --stacktrace to see where.",
        failure);
  }

  /** DJL says of what its PyTorch engine lacks only that it is not implemented, not what. */
  private static String why(RuntimeException failure) {
    String message = Autograd.firstLine(failure.getMessage());
    return failure instanceof UnsupportedOperationException && "Not implemented".equals(message)
        ? "DJL's PyTorch engine has no " + failure.getStackTrace()[0].getMethodName()
        : message;
  }

  private static String shapes(NDList batch) {
    StringBuilder text = new StringBuilder();
    for (NDArray array : batch) {
      text.append(text.isEmpty() ? "" : ", ").append(array.getShape()).append(' ');
      text.append(array.getDataType());
    }
    return text.toString();
  }
}
