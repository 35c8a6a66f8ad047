package io.levin.callback.builtin;

import io.levin.MisconfigurationException;
import io.levin.arguments.PluginReference;
import io.levin.core.planner.Closest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The options of one callback as the user wrote them. */
final class CallbackOptions {
  private final String callback;
  private final Map<String, String> given;
  private final Set<String> known;

  /**
   * @param known names of all options there are
   * @throws MisconfigurationException for an option that is none of them
   */
  CallbackOptions(PluginReference reference, Collection<String> known) {
    callback = reference.name();
    given = new LinkedHashMap<>();
    // Dashes and underscores are the same, as in arguments.
    reference.options().forEach((name, value) -> given.put(name.replace('-', '_'), value));
    this.known = new TreeSet<>(known);
    checkAllKnown();
  }

  String text(String name, String otherwise) {
    return given.getOrDefault(name, otherwise);
  }

  Integer whole(String name, Integer otherwise) {
    String text = text(name, null);
    try {
      return text == null ? otherwise : Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw wrong(name, text, "a whole number");
    }
  }

  Double decimal(String name, Double otherwise) {
    String text = text(name, null);
    try {
      return text == null ? otherwise : Double.valueOf(text);
    } catch (NumberFormatException e) {
      throw wrong(name, text, "a number");
    }
  }

  Boolean flag(String name, Boolean otherwise) {
    String text = text(name, null);
    if (text == null) {
      return otherwise;
    }
    if (!text.equals("true") && !text.equals("false")) {
      throw wrong(name, text, "true or false");
    }
    return Boolean.valueOf(text);
  }

  private void checkAllKnown() {
    for (String name : given.keySet()) {
      if (!known.contains(name)) {
        throw new MisconfigurationException(
            "%s has no option '%s'. It has: %s."
                .formatted(callback, name, known.isEmpty() ? "none" : String.join(", ", known)),
            Closest.to(name, known).map("Did you mean '%s'?"::formatted).orElse("Leave it out."));
      }
    }
  }

  private MisconfigurationException wrong(String name, String text, String wanted) {
    return new MisconfigurationException(
        "%s: %s is '%s', but must be %s.".formatted(callback, name, text, wanted),
        "Write %s:%s=….".formatted(callback, name));
  }
}
