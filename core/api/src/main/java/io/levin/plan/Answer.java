package io.levin.plan;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an {@link Offer} says to a {@link Request}. */
public sealed interface Answer {

  /**
   * This plugin fits.
   *
   * @param specificity how closely; see {@link Specificity}
   * @param why one clause that completes "chosen because …"
   * @param warnings what the user must know, such as "16 on a CPU becomes bf16"
   * @param settings decisions that later families, the plan and {@link Offer#create} need; see
   *     {@link Settings}
   */
  record Fits(int specificity, String why, List<String> warnings, Map<String, Object> settings)
      implements Answer {
    public Fits {
      warnings = List.copyOf(warnings);
      settings = Map.copyOf(settings);
    }

    public Fits warning(String warning) {
      List<String> more = new ArrayList<>(warnings);
      more.add(warning);
      return new Fits(specificity, why, more, settings);
    }

    public Fits with(String setting, Object value) {
      Map<String, Object> more = new LinkedHashMap<>(settings);
      more.put(setting, value);
      return new Fits(specificity, why, warnings, more);
    }
  }

  /**
   * The request cannot be met, on this plugin's authority: each conflict becomes part of the
   * report.
   *
   * @param assumed what later families may assume when this plugin was the one asked for, so that
   *     one report holds their conflicts too; empty when nothing can be assumed
   */
  record Refuses(List<Conflict> conflicts, Optional<Fits> assumed) implements Answer {
    public Refuses {
      conflicts = List.copyOf(conflicts);
      requireNonNull(assumed, "assumed");
      if (conflicts.isEmpty()) {
        throw new IllegalArgumentException("a refusal needs a conflict");
      }
    }

    /** The same, with what would have been answered; later families are judged by it. */
    public Refuses assuming(Fits fits) {
      return new Refuses(conflicts, Optional.of(fits));
    }
  }

  /** The request is not about this plugin. */
  record NotConcerned(String why) implements Answer {}

  static Fits fits(int specificity, String why) {
    return new Fits(specificity, why, List.of(), Map.of());
  }

  static Refuses refuses(Conflict... conflicts) {
    return new Refuses(List.of(conflicts), Optional.empty());
  }

  static NotConcerned notConcerned(String why) {
    return new NotConcerned(why);
  }
}
