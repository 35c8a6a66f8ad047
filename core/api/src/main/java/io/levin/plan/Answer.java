package io.levin.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an {@link Offer} says to a {@link Request}. */
public sealed interface Answer {

  /**
   * This plugin fits.
   *
   * @param specificity how closely; see {@link Specificity}
   * @param why one clause that completes "chosen because …"
   * @param warnings what the user must know, such as "16 on a CPU becomes bf16"
   * @param objections conflicts that stand only if this fit is the best: the plugin is the right
   *     one, but the request cannot be met with it. Later families are judged as if it could
   * @param settings decisions that later families, the plan and {@link Offer#create} need; see
   *     {@link Settings}
   */
  record Fits(
      int specificity,
      String why,
      List<String> warnings,
      List<Conflict> objections,
      Map<String, Object> settings)
      implements Answer {
    public Fits {
      warnings = List.copyOf(warnings);
      objections = List.copyOf(objections);
      settings = Map.copyOf(settings);
    }

    public Fits warning(String warning) {
      return new Fits(specificity, why, plus(warnings, warning), objections, settings);
    }

    public Fits objecting(Conflict objection) {
      return new Fits(specificity, why, warnings, plus(objections, objection), settings);
    }

    public Fits with(String setting, Object value) {
      Map<String, Object> more = new HashMap<>(settings);
      more.put(setting, value);
      return new Fits(specificity, why, warnings, objections, more);
    }

    private static <T> List<T> plus(List<T> list, T item) {
      List<T> more = new ArrayList<>(list);
      more.add(item);
      return more;
    }
  }

  /**
   * The request cannot be met, on this plugin's authority, whichever plugin is chosen: each
   * conflict becomes part of the report.
   */
  record Refuses(List<Conflict> conflicts) implements Answer {
    public Refuses {
      conflicts = List.copyOf(conflicts);
      if (conflicts.isEmpty()) {
        throw new IllegalArgumentException("a refusal needs a conflict");
      }
    }

    /** These conflicts as objections to a fit, for an offer that the user asked for. */
    public Fits assuming(Fits fits) {
      Fits objected = fits;
      for (Conflict conflict : conflicts) {
        objected = objected.objecting(conflict);
      }
      return objected;
    }
  }

  /** The request is not about this plugin. */
  record NotConcerned(String why) implements Answer {}

  static Fits fits(int specificity, String why) {
    return new Fits(specificity, why, List.of(), List.of(), Map.of());
  }

  static Refuses refuses(Conflict... conflicts) {
    return new Refuses(List.of(conflicts));
  }

  static NotConcerned notConcerned(String why) {
    return new NotConcerned(why);
  }
}
