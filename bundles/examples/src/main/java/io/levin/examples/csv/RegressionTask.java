package io.levin.examples.csv;

import io.levin.job.Job;
import io.levin.trainer.FitResult;
import io.levin.trainer.Trainer;
import java.io.PrintStream;
import java.util.List;

/** A regressor, its data, and a report of how far it is off. */
record RegressionTask(
    Regressor module, RegressionData data, NumberColumn label, List<Table.Row> heldOut)
    implements Job.Task {
  @Override
  public void report(Trainer trainer, FitResult result, PrintStream out) {
    Double mse = result.metrics().get("val_mse");
    if (mse == null) {
      return; // a fit without validation
    }
    double always =
        heldOut.stream()
            .mapToDouble(row -> Math.pow(label.standardized(row) * label.deviation(), 2))
            .average()
            .orElseThrow();
    out.printf("%nOver %,d held-out lines:%n", heldOut.size());
    out.printf("  mean squared error    %.6g (typically off by %.4g)%n", mse, Math.sqrt(mse));
    out.printf(
        "  always saying %-8.4g%.6g (typically off by %.4g)%n",
        label.mean(), always, Math.sqrt(always));
  }
}
