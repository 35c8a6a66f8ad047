package io.levin.logger.builtin;

import io.levin.MisconfigurationException;
import io.levin.arguments.TrainerArguments;
import io.levin.core.planner.Closest;
import io.levin.logger.Logger;
import io.levin.plan.Plan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Makes the loggers that the argument {@code loggers} names. */
public final class BuiltinLoggers {
  private static final Map<String, Function<Plan, Logger>> BY_ID = new LinkedHashMap<>();

  static {
    BY_ID.put(CsvLogger.ID, plan -> new CsvLogger());
    BY_ID.put(TensorBoardLogger.ID, plan -> new TensorBoardLogger());
    BY_ID.put(HtmlLogger.ID, HtmlLogger::new);
  }

  private BuiltinLoggers() {}

  /**
   * One new logger for each id, in the order given.
   *
   * @throws MisconfigurationException for an id that no logger has
   */
  public static List<Logger> of(Plan plan) {
    return plan.arguments().get(TrainerArguments.LOGGERS).stream()
        .distinct()
        .map(id -> maker(id).apply(plan))
        .toList();
  }

  private static Function<Plan, Logger> maker(String id) {
    Function<Plan, Logger> maker = BY_ID.get(id);
    if (maker == null) {
      throw new MisconfigurationException(
          "There is no logger '%s'. There are %s.".formatted(id, String.join(", ", BY_ID.keySet())),
          Closest.to(id, BY_ID.keySet()).map("Did you mean '%s'? "::formatted).orElse("")
              + "Give --loggers the ids with commas between them, or none.");
    }
    return maker;
  }
}
