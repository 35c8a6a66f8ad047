package io.levin.examples.options;

import io.levin.LevinException;
import io.levin.job.JobOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The options of a job as numbers and lists; and those that several jobs have. */
public record Options(Map<String, String> values) {
  public static final JobOption BATCH_SIZE =
      new JobOption("batch-size", "N", "128", false, "samples in one batch");
  public static final JobOption LR =
      new JobOption("lr", "X", "0.003", false, "learning rate, at its highest");
  public static final JobOption HIDDEN =
      new JobOption("hidden", "N", "64", false, "width of the hidden layers");
  public static final JobOption DATA =
      new JobOption("data", "PATH", null, true, "what to learn from: text's folder, csv's file");

  public int batchSize() {
    return whole(BATCH_SIZE);
  }

  public double lr() {
    return positive(LR);
  }

  public int hidden() {
    return whole(HIDDEN);
  }

  public String text(JobOption option) {
    return values.getOrDefault(option.name(), option.defaultValue());
  }

  /** A whole number from 1. */
  public int whole(JobOption option) {
    try {
      int number = Integer.parseInt(text(option).strip());
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below, like a number that is too small
    }
    throw wrong(option, "a whole number from 1", "128");
  }

  /** A number above 0. */
  public double positive(JobOption option) {
    try {
      double number = Double.parseDouble(text(option).strip());
      if (number > 0 && number < Double.POSITIVE_INFINITY) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below, like a number that is too small
    }
    throw wrong(option, "a number above 0", "0.003");
  }

  /** One of a few words. */
  public String oneOf(JobOption option, List<String> words) {
    if (words.contains(text(option))) {
      return text(option);
    }
    throw wrong(option, String.join(" or ", words), words.get(0));
  }

  /** Words with commas between them; empty when not given. */
  public Set<String> set(JobOption option) {
    String text = text(option);
    return text == null
        ? Set.of()
        : Arrays.stream(text.split(",")).map(String::strip).collect(Collectors.toSet());
  }

  private LevinException wrong(JobOption option, String expected, String example) {
    return LevinException.user(
        "--%s '%s' is not %s.".formatted(option.name(), text(option), expected),
        "Give, for example, --%s %s.".formatted(option.name(), example));
  }
}
