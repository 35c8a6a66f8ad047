package io.levin.core;

import static io.levin.arguments.TrainerArguments.*;

import io.levin.MisconfigurationException;
import io.levin.arguments.Arguments;
import io.levin.arguments.Limit;
import io.levin.data.DataModule;
import io.levin.data.Loader;
import java.util.List;

/**
 * How much of everything a run does: the arguments, with fast-dev-run and overfit-batches worked in
 * and held against the data.
 */
final class Limits {
  final int maxEpochs;
  final long maxSteps;
  final int minEpochs;
  final long minSteps;
  final int accumulate;
  final boolean isFastDevRun;
  private final Arguments arguments;
  private final int fastDevRun;
  private final Limit overfit;
  private final int worldSize;

  /**
   * @param worldSize how many ranks share the data: batches are counted for one of them
   */
  Limits(Arguments arguments, int worldSize) {
    this.worldSize = worldSize;
    this.arguments = arguments;
    this.fastDevRun = arguments.get(FAST_DEV_RUN);
    this.isFastDevRun = fastDevRun > 0;
    this.overfit = arguments.get(OVERFIT_BATCHES);
    Integer epochs = arguments.get(MAX_EPOCHS);
    this.maxSteps = isFastDevRun ? fastDevRun : arguments.get(MAX_STEPS);
    // As in Lightning: a thousand epochs when neither is given.
    this.maxEpochs = isFastDevRun ? 1 : epochs != null ? epochs : maxSteps >= 0 ? -1 : 1000;
    this.minEpochs = arguments.get(MIN_EPOCHS) == null ? 0 : arguments.get(MIN_EPOCHS);
    this.minSteps = arguments.get(MIN_STEPS) == null ? 0 : arguments.get(MIN_STEPS);
    this.accumulate = arguments.get(ACCUMULATE_GRAD_BATCHES);
    if (maxEpochs >= 0 && minEpochs > maxEpochs) {
      throw new MisconfigurationException(
          "min-epochs %d is more than max-epochs %d.".formatted(minEpochs, maxEpochs),
          "Lower --min-epochs or raise --max-epochs.");
    }
  }

  boolean overfits() {
    return overfit.value() > 0;
  }

  /** The training loader; in its own order, unshuffled, when overfitting. */
  Loader train(DataModule data) {
    Loader loader = data.train();
    if (loader == null) {
      throw new MisconfigurationException(
          data.getClass().getSimpleName() + " has no training data.",
          "Override train() of the data module.");
    }
    if (loader.dataset().size() == 0) {
      throw new MisconfigurationException(
          "The training data is empty.",
          "Check where " + data.getClass().getSimpleName() + " reads.");
    }
    return overfits() && loader.shuffle()
        ? new Loader(
            loader.dataset(), loader.batchSize(), false, loader.dropLast(), loader.prefetch())
        : loader;
  }

  List<Loader> validation(DataModule data) {
    return overfits() && !data.validation().isEmpty() ? List.of(train(data)) : data.validation();
  }

  long trainBatches(Loader loader) {
    return limited(loader, overfits() ? overfit : arguments.get(LIMIT_TRAIN_BATCHES));
  }

  long evaluationBatches(Loader loader, io.levin.arguments.Argument<Limit> argument) {
    return limited(loader, overfits() ? overfit : arguments.get(argument));
  }

  long sanityBatches(Loader loader) {
    int steps = arguments.get(NUM_SANITY_VAL_STEPS);
    long all = evaluationBatches(loader, LIMIT_VAL_BATCHES);
    return isFastDevRun || overfits() ? 0 : steps < 0 ? all : Math.min(all, steps);
  }

  private long limited(Loader loader, Limit limit) {
    long batches = batches(loader);
    if (isFastDevRun) {
      return Math.min(batches, fastDevRun);
    }
    long wanted = limit.of(batches);
    if (wanted == 0 && limit.isShare() && limit.value() > 0 && batches > 0) {
      throw new MisconfigurationException(
          "%s of %d batches is less than one batch.".formatted(limit, batches),
          "Give a larger share or a count of batches.");
    }
    return wanted;
  }

  private long batches(Loader loader) {
    long own = (loader.dataset().size() + worldSize - 1) / worldSize;
    int size = loader.batchSize();
    return loader.dropLast() ? own / size : (own + size - 1) / size;
  }

  /** Batches between validations within an epoch. */
  long validationInterval(long trainBatches) {
    Limit interval = arguments.get(VAL_CHECK_INTERVAL);
    long batches = interval.of(trainBatches);
    if (!interval.isShare() && interval.value() > trainBatches) {
      throw new MisconfigurationException(
          "val-check-interval is %s, but an epoch has %d batches."
              .formatted(interval, trainBatches),
          "Give --val-check-interval of at most %d, or a share such as 0.5."
              .formatted(trainBatches));
    }
    return Math.max(1, batches);
  }
}
