package io.levin.core;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.levin.LevinException;
import io.levin.callback.Callback;
import io.levin.checkpoint.DurableFile;
import io.levin.checkpoint.Storages;
import io.levin.plan.Family;
import io.levin.plan.Plan;
import io.levin.trainer.FitResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code summary.json} of a run: what scripts want to know of it. */
final class Summary {
  static final String FILE = "summary.json";
  static final String BEST = "best_checkpoint";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private Summary() {}

  static FitResult write(DefaultTrainer trainer, String verb, double seconds) {
    Map<String, Double> metrics = trainer.callbackMetrics();
    Optional<Path> best = best(trainer.callbacks());
    List<Path> checkpoints = new ArrayList<>(trainer.checkpoints().all());
    best.ifPresent(
        path -> {
          // It may lie outside the folder of the run, where a callback was told to keep it.
          if (checkpoints.remove(path) || Files.exists(path)) {
            checkpoints.add(0, path);
          }
        });
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("verb", verb);
    summary.put("metrics", finite(metrics));
    summary.put("plan", plan(trainer.plan()));
    summary.put("checkpoints", checkpoints.stream().map(Path::toString).toList());
    summary.put("checkpoints_by", trainer.parts().checkpoints().takers());
    summary.put("checkpoint_backend", trainer.parts().slot().statistics().values());
    summary.put(BEST, best.map(Path::toString).orElse(null));
    summary.put("seconds", Math.round(seconds * 1000) / 1000.0);
    summary.put("global_step", trainer.globalStep());
    summary.put("epochs", trainer.currentEpoch());
    summary.put("skipped_steps", trainer.progress().skippedSteps);
    summary.put("device_statistics", trainer.parts().deviceStatistics());
    summary.put("seed", trainer.seed());
    summary.put("interrupted", trainer.interruptReason());
    if (trainer.strategy().isGlobalZero()) {
      put(trainer.runDirectory().resolve(FILE), summary);
      Path kept = trainer.checkpointDirectory().resolveSibling(FILE);
      if (!kept.getFileSystem().equals(trainer.runDirectory().getFileSystem())) {
        // Where the checkpoints are, "best" must be found again.
        DurableFile.write(kept, channel -> channel.write(ByteBuffer.wrap(bytes(summary))));
      }
    }
    return new FitResult(
        metrics,
        checkpoints,
        trainer.runDirectory(),
        seconds,
        trainer.globalStep(),
        trainer.currentEpoch(),
        trainer.interruptReason());
  }

  /** JSON has no NaN: such a value is said as text. */
  private static Map<String, Object> finite(Map<String, Double> metrics) {
    Map<String, Object> values = new LinkedHashMap<>();
    metrics.forEach(
        (name, value) -> values.put(name, Double.isFinite(value) ? value : (Object) ("" + value)));
    return values;
  }

  static Map<String, Object> plan(Plan plan) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Family family : Family.values()) {
      values.put(
          family.id().replace('-', '_').toLowerCase(Locale.ROOT), plan.choice(family).name());
    }
    values.put("precision_plugin", plan.choice(Family.PRECISION).name());
    values.put("precision", plan.precision());
    values.put("scaler", plan.hasScaler());
    values.put("parallel_devices", plan.parallelDevices());
    values.put("num_nodes", plan.numNodes());
    values.put("emulated", plan.emulated());
    return values;
  }

  private static Optional<Path> best(List<Callback> callbacks) {
    return callbacks.stream()
        .filter(Callback::keepsCheckpoints)
        .map(callback -> callback.stateDict().get("best_model_path"))
        .filter(path -> path != null && !path.toString().isEmpty())
        .map(path -> Storages.path(path.toString()))
        .findFirst();
  }

  /** Reads the best checkpoint that a run's summary names. */
  static Optional<Path> readBest(Path summary) {
    try {
      String best = JSON.readTree(Files.readAllBytes(summary)).path(BEST).asText("");
      return Optional.of(best)
          .filter(text -> !text.isEmpty() && !text.equals("null"))
          .map(Storages::path);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static byte[] bytes(Map<String, Object> summary) throws IOException {
    return JSON.writeValueAsBytes(summary);
  }

  private static void put(Path file, Map<String, Object> summary) {
    Path partial = file.resolveSibling(FILE + ".partial");
    try {
      JSON.writeValue(partial.toFile(), summary);
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw LevinException.resource(
          "Cannot write '%s': %s.".formatted(file, e.getMessage()),
          "Look at the disk's space and the folder's permissions.",
          e);
    }
  }
}
