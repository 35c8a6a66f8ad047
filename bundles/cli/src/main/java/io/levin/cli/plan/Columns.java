package io.levin.cli.plan;

import java.util.ArrayList;
import java.util.List;

/** Rows of three columns: two as wide as they need to be, and a text that wraps in the rest. */
public final class Columns {
  private record Row(String first, String second, String text) {}

  private final List<Row> rows = new ArrayList<>();
  private final int width;

  public Columns(int width) {
    this.width = width;
  }

  public void row(String first, String second, String text) {
    rows.add(new Row(first, second, text));
  }

  public void appendTo(StringBuilder out) {
    int first = rows.stream().mapToInt(row -> row.first().length()).max().orElse(0);
    int second = rows.stream().mapToInt(row -> row.second().length()).max().orElse(0);
    for (Row row : rows) {
      String head =
          "  " + pad(row.first(), first) + "  " + pad(row.second(), Math.min(second, 38)) + "  ";
      Wrap.hanging(head, row.text(), width, out);
    }
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
