package io.levin.callback.builtin;

import java.time.Duration;
import java.util.Map;
import java.util.StringJoiner;

/** Values as Python writes them: state keys in checkpoints are such texts. */
final class PythonText {
  private PythonText() {}

  /** A key of a callback's state, for example {@code EarlyStopping{'monitor': 'val_loss'}}. */
  static String key(String name, Map<String, Object> arguments) {
    StringJoiner text = new StringJoiner(", ", name + "{", "}");
    arguments.forEach((argument, value) -> text.add("'%s': %s".formatted(argument, of(value))));
    return text.toString();
  }

  static String of(Object value) {
    if (value == null) {
      return "None";
    }
    if (value instanceof Boolean flag) {
      return flag ? "True" : "False";
    }
    if (value instanceof Duration duration) {
      return of(duration);
    }
    return value instanceof String ? "'" + value + "'" : value.toString();
  }

  private static String of(Duration duration) {
    StringJoiner parts = new StringJoiner(", ", "datetime.timedelta(", ")").setEmptyValue("");
    add(parts, "days", duration.toDaysPart());
    add(parts, "seconds", duration.minusDays(duration.toDaysPart()).toSeconds());
    add(parts, "microseconds", duration.toNanosPart() / 1000);
    return parts.length() == 0 ? "datetime.timedelta(0)" : parts.toString();
  }

  private static void add(StringJoiner parts, String name, long value) {
    if (value != 0) {
      parts.add(name + "=" + value);
    }
  }
}
