package io.levin.examples.classify;

import io.levin.job.Job;
import io.levin.trainer.FitResult;
import io.levin.trainer.Trainer;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A classifier, its data, and a report of what it confuses.
 *
 * @param classes names of the classes, by number
 * @param what what a sample is, in the plural
 */
public record ClassifierTask(
    Classifier module, ClassifierData data, List<String> classes, String what) implements Job.Task {
  private static final int EXAMPLES = 5;

  @Override
  public void report(Trainer trainer, FitResult result, PrintStream out) {
    int seen = Math.min(module.said().size(), data.heldOut().labels().length);
    if (seen == 0) {
      return; // a fit without validation
    }
    Confusion confusion = new Confusion(classes);
    IntStream.range(0, seen).forEach(i -> confusion.add(label(i), module.said().get(i)));
    int most = mostFrequent();
    out.printf("%nOf %,d held-out %s, by class:%n", seen, what);
    confusion.print(out);
    out.printf("%nRight: %s. ", Confusion.percent(confusion.accuracy()));
    out.printf(
        "Always saying %s: %s.%n", classes.get(most), Confusion.percent(confusion.share(most)));
    examples("Some that it got right:", i -> module.said().get(i) == label(i), seen, out);
    examples("Some that it got wrong:", i -> module.said().get(i) != label(i), seen, out);
  }

  private int label(int index) {
    return (int) data.heldOut().labels()[index];
  }

  /** The class that the samples learned from have most. */
  private int mostFrequent() {
    int[] sizes = new int[classes.size()];
    Arrays.stream(data.learned().labels()).forEach(label -> sizes[(int) label]++);
    return IntStream.range(0, sizes.length)
        .reduce(0, (best, i) -> sizes[i] > sizes[best] ? i : best);
  }

  /** Examples from all over the data, not its first ones only. */
  private void examples(String title, IntPredicate wanted, int seen, PrintStream out) {
    int[] all = IntStream.range(0, seen).filter(wanted).toArray();
    if (all.length == 0) {
      return;
    }
    out.printf("%n%s%n", title);
    int count = Math.min(EXAMPLES, all.length);
    for (int n = 0; n < count; n++) {
      int i = all[(int) ((long) n * all.length / count)];
      String said = classes.get(module.said().get(i));
      String is = classes.get(label(i));
      out.printf(
          "  %-40s %s%n",
          shortened(data.heldOut().texts().get(i)),
          said.equals(is) ? is : "said %s, is %s".formatted(said, is));
    }
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= 40 ? line : line.substring(0, 39) + "…";
  }
}
