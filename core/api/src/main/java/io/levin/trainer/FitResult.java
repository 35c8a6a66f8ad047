package io.levin.trainer;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a fit came to.
 *
 * @param metrics newest value of every metric
 * @param checkpoints files kept, the best first
 * @param directory folder of the run
 * @param seconds wall time of the fit
 * @param interrupted why it was interrupted, or null
 */
public record FitResult(
    Map<String, Double> metrics,
    List<Path> checkpoints,
    Path directory,
    double seconds,
    long globalStep,
    int epochs,
    String interrupted) {}
