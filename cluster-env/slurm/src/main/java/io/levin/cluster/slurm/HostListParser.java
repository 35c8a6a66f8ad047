package io.levin.cluster.slurm;

import io.levin.cluster.slurm.HostPattern.Range;
import java.util.ArrayList;
import java.util.List;

/** Reads a {@link HostList} in one pass over its characters. */
final class HostListParser {
  private static final int LONGEST_NAME = 255;
  private static final int MOST_DIGITS = 18;

  private final String text;
  private int at;

  HostListParser(String text) {
    this.text = text;
  }

  List<HostPattern> patterns() {
    List<HostPattern> patterns = new ArrayList<>();
    skipSeparators();
    while (at < text.length()) {
      patterns.add(pattern());
      skipSeparators();
    }
    return patterns;
  }

  private HostPattern pattern() {
    int start = at;
    int longest = 0;
    List<String> texts = new ArrayList<>();
    List<List<Range>> groups = new ArrayList<>();
    texts.add(literal());
    while (peek() == '[') {
      List<Range> group = group();
      groups.add(group);
      for (Range range : group) {
        longest = Math.max(longest, Math.max(range.width(), Long.toString(range.high()).length()));
      }
      texts.add(literal());
    }
    int length = texts.stream().mapToInt(String::length).sum() + longest * groups.size();
    if (length > LONGEST_NAME) {
      throw wrong(start, "a host name is longer than %d characters".formatted(LONGEST_NAME));
    }
    return new HostPattern(texts, groups);
  }

  private String literal() {
    int start = at;
    while (at < text.length() && isName(text.charAt(at))) {
      at++;
    }
    if (at < text.length() && peek() != '[' && !isSeparator(peek())) {
      throw wrong(
          at, "'%c' has no place here".formatted(Character.isISOControl(peek()) ? '?' : peek()));
    }
    return text.substring(start, at);
  }

  private List<Range> group() {
    int start = at;
    List<Range> ranges = new ArrayList<>();
    do {
      at++; // the bracket or the comma
      skipSpaces();
      ranges.add(range());
      skipSpaces();
    } while (peek() == ',');
    if (peek() != ']') {
      throw at >= text.length()
          ? wrong(start, "the bracket is not closed")
          : wrong(at, "expected a digit, '-', ',' or ']'");
    }
    at++;
    return ranges;
  }

  private Range range() {
    int start = at;
    long low = number();
    int width = at - start;
    if (peek() != '-') {
      return new Range(low, low, width);
    }
    at++;
    return new Range(low, number(), width);
  }

  private long number() {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (at == start) {
      throw wrong(start, "expected a number");
    }
    String digits = text.substring(start, at);
    if (digits.length() > MOST_DIGITS) {
      throw wrong(start, "a number has more than %d digits".formatted(MOST_DIGITS));
    }
    return Long.parseLong(digits);
  }

  private void skipSeparators() {
    while (at < text.length() && isSeparator(peek())) {
      at++;
    }
  }

  private void skipSpaces() {
    while (peek() == ' ') {
      at++;
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private static boolean isSeparator(char c) {
    return c == ',' || c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  /** Printable ASCII but for what the grammar needs. */
  private static boolean isName(char c) {
    return c > ' ' && c < 0x7f && c != ',' && c != '[' && c != ']';
  }

  private static IllegalArgumentException wrong(int position, String what) {
    return new IllegalArgumentException("at character %d, %s".formatted(position + 1, what));
  }
}
