package io.levin.cli.ckpt;

import io.levin.LevinException;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.Opaque;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.TensorPaths;
import io.levin.checkpoint.Tuple;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** A checkpoint as a person reads it: its tree, line by line. */
public final class CheckpointText {
  private static final int LONGEST = 60;
  private final PrintStream out;

  private CheckpointText(PrintStream out) {
    this.out = out;
  }

  public static void print(Checkpoint checkpoint, PrintStream out) {
    new CheckpointText(out).value("", "", checkpoint.root());
    Collection<Tensor> tensors = TensorPaths.of(checkpoint.root()).values();
    out.printf(
        "%n%d tensors, %s%n", tensors.size(), size(tensors.stream().mapToLong(Tensor::size).sum()));
  }

  private void value(String indent, String name, Object value) {
    String label = name.isEmpty() ? "" : name + "  ";
    if (value instanceof Tensor tensor) {
      out.printf(
          "%s%s%s %s  %s%n",
          indent,
          label,
          tensor.dtype().label(),
          Arrays.toString(tensor.shape()),
          size(tensor.size()));
    } else if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      head(indent, name);
      map.forEach((key, entry) -> value(under(indent, name), String.valueOf(key), entry));
    } else if (items(value) != null && !isShort(items(value))) {
      head(indent, name);
      int index = 0;
      for (Object item : items(value)) {
        value(under(indent, name), Integer.toString(index++), item);
      }
    } else {
      out.println(indent + label + text(value));
    }
  }

  private void head(String indent, String name) {
    if (!name.isEmpty()) {
      out.println(indent + name);
    }
  }

  private static String under(String indent, String name) {
    return name.isEmpty() ? indent : indent + "  ";
  }

  private static Collection<?> items(Object value) {
    return value instanceof Tuple tuple
        ? tuple.items()
        : value instanceof Collection<?> items ? items : null;
  }

  private static boolean isShort(Collection<?> items) {
    return items.stream().allMatch(item -> item == null || item instanceof Number)
        && items.toString().length() <= LONGEST;
  }

  private static String text(Object value) {
    if (value instanceof Opaque opaque) {
      return "a " + opaque.type();
    }
    if (value instanceof byte[] bytes) {
      return bytes.length + " bytes";
    }
    String text = value instanceof Tuple tuple ? tuple.items().toString() : String.valueOf(value);
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }

  /** Gives the cells of one file in a list. */
  public static void row(Path folder, Path file, CheckpointIO format, Row row) {
    try (Checkpoint checkpoint = format.load(file)) {
      Map<?, ?> root = checkpoint.root() instanceof Map<?, ?> map ? map : Map.of();
      row.cells(
          folder.relativize(file),
          root.containsKey("epoch") ? root.get("epoch") : "",
          root.containsKey("global_step") ? root.get("global_step") : "",
          TensorPaths.of(checkpoint.root()).size(),
          size(size(file)));
    } catch (LevinException | IOException e) {
      row.cells(folder.relativize(file), "damaged: " + e.getMessage());
    }
  }

  /** Takes the cells of a row. */
  @FunctionalInterface
  public interface Row {
    void cells(Object... cells);
  }

  private static long size(Path path) throws IOException {
    long size = 0;
    for (Path file : Kept.files(path)) {
      size += Files.size(file);
    }
    return size;
  }

  static String size(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
  }
}
