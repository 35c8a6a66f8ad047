package io.levin.callback.builtin;

import io.levin.MisconfigurationException;
import java.util.IllegalFormatException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file name with metrics in it: {@code {epoch}-{val_loss:.2f}} becomes {@code
 * epoch=3-val_loss=0.25}. After the colon stand Python's formats of numbers.
 */
final class CheckpointName {
  private static final Pattern FIELD = Pattern.compile("\\{([^{}:]*)(?::([^{}]*))?}");
  private static final Pattern FORMAT = Pattern.compile("(0?)(\\d*)(?:\\.(\\d+))?([dfegEG]?)");

  private final String template;
  private final boolean insertsNames;

  /**
   * @param insertsNames whether {@code {name}} becomes {@code name=value}, or the value only
   * @throws MisconfigurationException for a format that is none
   */
  CheckpointName(String template, boolean insertsNames) {
    this.template = template;
    this.insertsNames = insertsNames;
    // A wrong format is refused now, not after an epoch.
    of(Map.of());
  }

  /** The name for these metrics; one that is missing counts as 0. */
  String of(Map<String, Double> metrics) {
    Matcher field = FIELD.matcher(template);
    StringBuilder name = new StringBuilder();
    while (field.find()) {
      String metric = field.group(1);
      String value = format(metrics.get(metric), field.group(2), metric);
      String text = insertsNames ? metric + "=" + value : value;
      field.appendReplacement(name, Matcher.quoteReplacement(text));
    }
    return field.appendTail(name).toString();
  }

  private String format(Double logged, String format, String metric) {
    double value = logged == null ? 0 : logged;
    boolean isWhole = logged == null || metric.equals("epoch") || metric.equals("step");
    if (format == null || format.isEmpty()) {
      return isWhole ? Long.toString((long) value) : Double.toString(value);
    }
    Matcher parts = FORMAT.matcher(format);
    try {
      if (parts.matches()) {
        return format(value, parts);
      }
    } catch (IllegalFormatException e) {
      throw wrong(format);
    }
    throw wrong(format);
  }

  private static String format(double value, Matcher parts) {
    String width = parts.group(2);
    String kind = parts.group(4).isEmpty() ? (parts.group(3) == null ? "d" : "f") : parts.group(4);
    String flags = width.isEmpty() ? "" : parts.group(1) + width;
    if (kind.equals("d") && Double.isFinite(value)) {
      return String.format(Locale.ROOT, "%" + flags + "d", Math.round(value));
    }
    String precision = parts.group(3) == null ? "" : "." + parts.group(3);
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    return String.format(Locale.ROOT, "%" + flags + precision + kind, value);
  }

  private MisconfigurationException wrong(String format) {
    return new MisconfigurationException(
        "The checkpoint name '%s' has the format '%s', which is none.".formatted(template, format),
        "Write formats as in {epoch:03d} or {val_loss:.2f}.");
  }
}
