package io.levin.cli.doctor;

import io.levin.accelerator.Availability;
import io.levin.collective.ProcessGroups;
import io.levin.torch.Anomaly;
import io.levin.torch.Autocast;
import io.levin.torch.Determinism;
import io.levin.torch.RandomState;
import java.util.ArrayList;
import java.util.List;

/** Whether libtorch loads here, and which of its symbols Levin reaches. Looking loads it. */
final class Engine {
  private final List<ProcessGroups> groups;

  Engine(List<ProcessGroups> groups) {
    this.groups = groups;
  }

  List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok("DJL", ai.djl.engine.Engine.getDjlVersion()));
    try {
      ai.djl.engine.Engine engine = ai.djl.engine.Engine.getInstance();
      findings.add(
          Finding.ok(
              "libtorch",
              "%s, %s"
                  .formatted(
                      engine.getVersion(),
                      engine.getGpuCount() == 0
                          ? "which sees no GPU"
                          : "which sees %d GPUs".formatted(engine.getGpuCount()))));
    } catch (RuntimeException | LinkageError e) {
      findings.add(
          Finding.lack(
              "libtorch",
              "does not load: " + root(e),
              "Nothing trains without it. See the folder it is unpacked to, above; with"
                  + " PYTORCH_LIBRARY_PATH set, unset it to use Levin's own."));
      return findings;
    }
    findings.add(
        symbols(
            "casts by operation",
            Autocast.missing(),
            "Mixed precision casts by Levin's own lists of operations instead: a little slower."));
    findings.add(
        symbols(
            "random state",
            RandomState.missing(),
            "A run with dropout that goes on from a checkpoint draws other numbers."));
    findings.add(
        symbols(
            "determinism",
            Determinism.isAvailable() ? "" : "its switch is missing",
            "--deterministic is refused here."));
    findings.add(
        symbols(
            "finding NaN",
            Anomaly.isAvailable() ? "" : "its switch is missing",
            "--detect-anomaly is refused here."));
    findings.add(processGroups());
    return findings;
  }

  private static Finding symbols(String name, String missing, String means) {
    return missing.isEmpty()
        ? Finding.ok(name, "libtorch's own")
        : Finding.note(name, "not reached: " + missing, means);
  }

  private Finding processGroups() {
    String name = "several processes";
    if (groups.isEmpty()) {
      return Finding.lack(
          name,
          "no bundle joins them",
          "Put levin-cluster-gloo into 'plugins', or use one device.");
    }
    Availability gloo = groups.get(0).availability();
    return gloo.isAvailable()
        ? Finding.ok(name, gloo.reason())
        : Finding.lack(name, gloo.reason(), "One process trains: give --devices 1.");
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }
}
