package io.levin.examples.classify;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.IntStream;

/** How often each class was taken for each other, as a table for people. */
public final class Confusion {
  private static final int SHOWN = 12;

  private final List<String> classes;
  private final int[][] counts;

  public Confusion(List<String> classes) {
    this.classes = List.copyOf(classes);
    this.counts = new int[classes.size()][classes.size()];
  }

  public void add(int is, int said) {
    counts[is][said]++;
  }

  int total(int is) {
    return IntStream.of(counts[is]).sum();
  }

  int total() {
    return IntStream.range(0, classes.size()).map(this::total).sum();
  }

  /** Share that was said right. */
  double accuracy() {
    return share(IntStream.range(0, classes.size()).map(i -> counts[i][i]).sum(), total());
  }

  /** Share that one class has: what always saying this class would get right. */
  double share(int always) {
    return share(total(always), total());
  }

  /** Prints a row for each class and a column for what was said, the largest classes first. */
  public void print(PrintStream out) {
    List<Integer> order =
        IntStream.range(0, classes.size())
            .boxed()
            .sorted((a, b) -> total(b) - total(a))
            .limit(SHOWN)
            .toList();
    int width = order.stream().mapToInt(i -> classes.get(i).length()).max().orElse(1);
    int digits = Math.max(4, Integer.toString(total()).length());
    String number = "  %" + digits + "s";
    String label = "%2s  %-" + width + "s";
    out.printf(label, "", "is \\ said");
    IntStream.rangeClosed(1, order.size()).forEach(column -> out.printf(number, column));
    out.printf("  |" + number + "  right%n", "all");
    for (int row = 0; row < order.size(); row++) {
      int is = order.get(row);
      out.printf(label, row + 1, classes.get(is));
      order.forEach(said -> out.printf(number, counts[is][said] == 0 ? "·" : counts[is][said]));
      out.printf("  |" + number + "  %5s%n", total(is), percent(share(counts[is][is], total(is))));
    }
    if (classes.size() > SHOWN) {
      out.printf("    and %d smaller classes%n", classes.size() - SHOWN);
    }
  }

  static String percent(double share) {
    return Double.isNaN(share) ? "-" : "%.1f %%".formatted(100 * share);
  }

  private static double share(int part, int all) {
    return all == 0 ? Double.NaN : (double) part / all;
  }
}
