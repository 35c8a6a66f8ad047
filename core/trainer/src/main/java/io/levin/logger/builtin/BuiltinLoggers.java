package io.levin.logger.builtin;

import io.levin.MisconfigurationException;
import io.levin.arguments.Arguments;
import io.levin.arguments.TrainerArguments;
import io.levin.core.planner.Closest;
import io.levin.logger.Logger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The loggers that arguments name. */
public final class BuiltinLoggers {
  private static final Map<String, Supplier<Logger>> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("csv", CsvLogger::new);
    KINDS.put("tensorboard", TensorBoardLogger::new);
    KINDS.put("html", HtmlLogger::new);
  }

  private BuiltinLoggers() {}

  /**
   * @throws MisconfigurationException for an unknown logger, naming what there is
   */
  public static List<Logger> of(Arguments arguments) {
    return arguments.get(TrainerArguments.LOGGERS).stream()
        .distinct()
        .map(BuiltinLoggers::of)
        .toList();
  }

  private static Logger of(String id) {
    Supplier<Logger> kind = KINDS.get(id);
    if (kind == null) {
      throw new MisconfigurationException(
          "There is no logger '%s'. There are: %s, none."
              .formatted(id, String.join(", ", KINDS.keySet())),
          Closest.to(id, KINDS.keySet())
              .map("Did you mean '%s'?"::formatted)
              .orElse("Take one of these."));
    }
    return kind.get();
  }
}
