package io.levin.cli.ckpt;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Removes checkpoints that nobody wants any more: in every folder all but the newest, and the best
 * where they are wanted. What is damaged, and what is no checkpoint of a run, stays.
 */
public final class Pruning {
  private final Formats formats;
  private final int newest;
  private final boolean best;
  private final PrintStream out;
  private final List<Kept> leaving = new ArrayList<>();

  /**
   * What is to be kept.
   *
   * @param newest how many are kept in each folder; two names of one count as one
   * @param best whether those stay that the runs hold for their best
   */
  public Pruning(Formats formats, int newest, boolean best, PrintStream out) {
    this.formats = formats;
    this.newest = newest;
    this.best = best;
    this.out = out;
  }

  /**
   * Decides, folder by folder, and then removes.
   *
   * @param isTrial whether it is only said what would be done
   */
  public void run(Path folder, boolean isTrial) {
    Map<Path, List<Kept>> byFolder =
        formats.under(folder).stream()
            .filter(path -> path.toString().endsWith(formats.of(path).suffix()))
            .map(path -> Kept.of(path, formats.of(path)))
            .collect(
                Collectors.groupingBy(
                    kept -> kept.path().toAbsolutePath().getParent(),
                    TreeMap::new,
                    Collectors.toList()));
    byFolder.values().forEach(this::decide);
    for (Kept kept : leaving) {
      if (!isTrial) {
        kept.format().remove(kept.path());
      }
      out.printf("%s  %s%n", isTrial ? "would remove" : "removed", kept.path());
    }
    out.printf(
        "%d of %d checkpoints %s, %s%n",
        leaving.size(),
        byFolder.values().stream().mapToInt(List::size).sum(),
        isTrial ? "would be removed" : "removed",
        CheckpointText.size(leaving.stream().mapToLong(Kept::size).sum()));
  }

  private void decide(List<Kept> together) {
    together.stream()
        .filter(kept -> kept.damage() != null)
        .forEach(kept -> out.printf("left as it is, damaged  %s%n", kept.damage()));
    List<Kept> whole =
        together.stream().filter(kept -> kept.damage() == null).sorted(Kept.NEWEST_FIRST).toList();
    Set<Object> staying = new LinkedHashSet<>();
    if (best) {
      staying.addAll(best(whole));
      if (staying.isEmpty() && newest == 0 && !whole.isEmpty()) {
        out.printf("left as it is, knows no best  %s%n", whole.get(0).path().getParent());
        return;
      }
    }
    whole.stream().map(Kept::identity).distinct().limit(newest).forEach(staying::add);
    whole.stream().filter(kept -> !staying.contains(kept.identity())).forEach(leaving::add);
  }

  /** As the newest that knows any says. */
  private static List<Object> best(List<Kept> newestFirst) {
    List<String> names =
        newestFirst.stream()
            .map(Kept::best)
            .filter(found -> !found.isEmpty())
            .findFirst()
            .orElse(List.of());
    return newestFirst.stream()
        .filter(kept -> names.contains(kept.path().getFileName().toString()))
        .map(Kept::identity)
        .toList();
  }
}
