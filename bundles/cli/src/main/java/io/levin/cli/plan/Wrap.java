package io.levin.cli.plan;

/** Breaks texts into lines. */
public final class Wrap {
  private Wrap() {}

  /** Appends {@code head} and the text; further lines stand under the text's first letter. */
  public static void hanging(String head, String text, int width, StringBuilder out) {
    StringBuilder line = new StringBuilder(head);
    boolean empty = true;
    for (String word : text.replace('\n', ' ').split(" ")) {
      if (!empty && line.length() + 1 + word.length() > width) {
        out.append(line.toString().stripTrailing()).append('\n');
        line = new StringBuilder(" ".repeat(head.length()));
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    out.append(line.toString().stripTrailing()).append('\n');
  }
}
