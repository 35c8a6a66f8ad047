package io.levin.core;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a model's arrays are called in files: as here, or as where the model was trained first. Rules
 * name blocks; the arrays of a block that a rule names go by PyTorch's names.
 *
 * @param rules a block's path there, to its path here; to nothing for what is not here
 */
record StateDictNames(Map<String, String> rules) {
  static final StateDictNames SAME = new StateDictNames(Map.of());

  private static final Map<String, String> LEAVES =
      Map.of(
          "gamma", "weight",
          "beta", "bias",
          "runningMean", "running_mean",
          "runningVar", "running_var",
          "embedding", "weight");

  /** DJL's names of a recurrent layer's arrays: {@code l_0_i2h_WEIGHT}, {@code r_…} backwards. */
  private static final Pattern RECURRENT = Pattern.compile("([lr])_(\\d+)_([ih])2h_(WEIGHT|BIAS)");

  /** PyTorch counts here the batches of batch normalization, which DJL does not. */
  private static final String COUNTER = "num_batches_tracked";

  /** An array's name in files. */
  String inFile(String name) {
    Optional<Map.Entry<String, String>> rule =
        rules.entrySet().stream()
            .filter(entry -> !entry.getValue().isEmpty() && isWithin(name, entry.getValue()))
            .max(Comparator.comparing(entry -> entry.getValue().length()));
    if (rule.isEmpty()) {
      return name;
    }
    String rest = name.substring(rule.get().getValue().length());
    int leaf = rest.lastIndexOf('.') + 1;
    return rule.get().getKey() + rest.substring(0, leaf) + leaf(rest.substring(leaf));
  }

  /** Whether a name of a file is one that nothing here has, by a rule or by its nature. */
  boolean isElsewhere(String nameInFile) {
    return rules.entrySet().stream()
            .anyMatch(entry -> entry.getValue().isEmpty() && isWithin(nameInFile, entry.getKey()))
        || (!rules.isEmpty() && nameInFile.endsWith("." + COUNTER));
  }

  private static boolean isWithin(String name, String path) {
    return name.equals(path) || name.startsWith(path + ".");
  }

  private static String leaf(String name) {
    Matcher recurrent = RECURRENT.matcher(name);
    if (recurrent.matches()) {
      return "%s_%sh_l%s%s"
          .formatted(
              recurrent.group(4).equals("WEIGHT") ? "weight" : "bias",
              recurrent.group(3),
              recurrent.group(2),
              recurrent.group(1).equals("r") ? "_reverse" : "");
    }
    return LEAVES.getOrDefault(name, name);
  }

  /** What PyTorch keeps beside the arrays of a block, and no array here is like. */
  static boolean isCounter(String nameInFile) {
    return nameInFile.endsWith(COUNTER);
  }
}
