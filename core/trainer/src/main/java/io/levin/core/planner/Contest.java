package io.levin.core.planner;

import io.levin.LevinException;
import io.levin.arguments.Argument;
import io.levin.arguments.PluginReference;
import io.levin.plan.Answer;
import io.levin.plan.Choice;
import io.levin.plan.Conflict;
import io.levin.plan.Decision;
import io.levin.plan.Decision.Verdict;
import io.levin.plan.Family;
import io.levin.plan.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the one offer for one family. */
final class Contest {
  private record Entry(Offered offered, Answer answer) {
    boolean fits() {
      return answer instanceof Answer.Fits;
    }

    int specificity() {
      return answer instanceof Answer.Fits fits ? fits.specificity() : Integer.MIN_VALUE;
    }
  }

  private final Family family;
  private final Request request;
  private final Findings findings;
  private final Map<Family, List<Offered>> all;
  private final List<Entry> entries = new ArrayList<>();

  Contest(Family family, Map<Family, List<Offered>> all, Request request, Findings findings) {
    this.family = family;
    this.request = request;
    this.findings = findings;
    this.all = all;
    all.get(family).forEach(offered -> entries.add(new Entry(offered, ask(offered))));
  }

  /** The choice, even one with objections; empty when nothing fits. */
  Optional<Choice> decide() {
    boolean clear = !findings.hasConflicts();
    boolean refused = refusals();
    boolean strange = new WordCheck(family, request, findings).decide(all, refused());
    List<Entry> best = best();
    record(best);
    if (best.size() > 1) {
      findings.conflict(tie(best));
    } else if (best.isEmpty() && !refused && !strange) {
      nobody(clear).ifPresent(findings::conflict);
    }
    return best.stream().findFirst().map(Contest::choice);
  }

  private Answer ask(Offered offered) {
    try {
      return offered.offer().answer(request);
    } catch (LevinException e) {
      return Answer.refuses(new Conflict(List.of(), e.getMessage(), e.hint()));
    } catch (RuntimeException | LinkageError e) {
      // A broken bundle must not take the others with it.
      findings.warning(
          "%s of bundle %s could not be asked: %s".formatted(offered.name(), offered.bundle(), e));
      return Answer.notConcerned("its bundle is broken: " + e);
    }
  }

  private boolean refusals() {
    boolean any = false;
    for (Entry entry : entries) {
      if (entry.answer() instanceof Answer.Refuses refuses) {
        refuses.conflicts().forEach(findings::conflict);
        any = true;
      }
    }
    return any;
  }

  private List<Conflict> refused() {
    return entries.stream()
        .filter(entry -> entry.answer() instanceof Answer.Refuses)
        .flatMap(entry -> ((Answer.Refuses) entry.answer()).conflicts().stream())
        .toList();
  }

  /** The fits that nothing beats; several are a tie. A named plugin's family is its own. */
  private List<Entry> best() {
    Optional<String> named = request.named(family).map(PluginReference::name);
    List<Entry> fits =
        entries.stream()
            .filter(Entry::fits)
            .filter(entry -> named.isEmpty() || named.get().equals(entry.offered().name()))
            .toList();
    int highest = fits.stream().mapToInt(Entry::specificity).max().orElse(0);
    List<Entry> best = fits.stream().filter(entry -> entry.specificity() == highest).toList();
    int ranking = best.stream().mapToInt(entry -> entry.offered().ranking()).max().orElse(0);
    return best.stream().filter(entry -> entry.offered().ranking() == ranking).toList();
  }

  private void record(List<Entry> best) {
    for (Entry entry : entries) {
      Verdict verdict;
      String why;
      if (entry.answer() instanceof Answer.Refuses refuses) {
        verdict = Verdict.REFUSED;
        why = refuses.conflicts().get(0).message();
      } else if (entry.answer() instanceof Answer.NotConcerned not) {
        verdict = Verdict.NOT_CONCERNED;
        why = not.why();
      } else {
        Answer.Fits fits = (Answer.Fits) entry.answer();
        boolean chosen = best.size() == 1 && best.get(0).offered() == entry.offered();
        if (chosen) {
          fits.warnings().forEach(findings::warning);
          fits.objections().forEach(findings::conflict);
        }
        boolean objected = chosen && !fits.objections().isEmpty();
        verdict = objected ? Verdict.REFUSED : chosen ? Verdict.CHOSEN : Verdict.PASSED_OVER;
        why =
            objected
                ? fits.objections().get(0).message()
                : chosen ? fits.why() : passedOver(fits, best);
      }
      Offered offered = entry.offered();
      findings.decision(new Decision(family, offered.name(), offered.bundle(), verdict, why));
    }
  }

  private String passedOver(Answer.Fits fits, List<Entry> best) {
    if (best.isEmpty()) {
      return fits.why();
    }
    String winner = best.get(0).offered().name();
    if (request.named(family).isPresent()) {
      return "you named " + winner;
    }
    return best.get(0).specificity() == fits.specificity() && best.size() == 1
        ? winner + " ranks higher"
        : winner + " fits better";
  }

  private Conflict tie(List<Entry> best) {
    List<String> who =
        best.stream()
            .map(e -> "%s of bundle %s".formatted(e.offered().name(), e.offered().bundle()))
            .toList();
    boolean sameName = best.stream().map(e -> e.offered().name()).distinct().count() == 1;
    return new Conflict(
        List.of(family.id()),
        "Nothing decides between %s.".formatted(String.join(" and ", who)),
        sameName
            ? "Remove one of these bundles."
            : "Name one of them: --plugins %s.".formatted(best.get(0).offered().name()));
  }

  private Optional<Conflict> nobody(boolean clear) {
    Optional<Entry> named =
        entries.stream()
            .filter(entry -> request.named(entry.offered().offer()).isPresent())
            .findFirst();
    if (named.isPresent() && named.get().answer() instanceof Answer.NotConcerned not) {
      return Optional.of(
          new Conflict(
              List.of("plugins"),
              "%s cannot be used here: %s.".formatted(named.get().offered().name(), not.why()),
              "Leave it out of --plugins."));
    }
    // After another conflict it is only an echo that nothing fits.
    return clear || entries.isEmpty() ? Optional.of(none()) : Optional.empty();
  }

  private Conflict none() {
    List<String> about = family.argument().map(Argument::name).stream().toList();
    if (entries.isEmpty()) {
      return new Conflict(
          about,
          "No installed bundle offers any %s.".formatted(family.type()),
          "Install one; 'levin plugins' shows what there is.");
    }
    List<String> reasons =
        entries.stream()
            .map(e -> e.offered().name() + ": " + ((Answer.NotConcerned) e.answer()).why())
            .toList();
    return new Conflict(
        about,
        "No %s fits: %s.".formatted(family.type(), String.join("; ", reasons)),
        "Change the arguments, or install a bundle that serves them.");
  }

  private static Choice choice(Entry entry) {
    return new Choice(
        entry.offered().offer(), (Answer.Fits) entry.answer(), entry.offered().bundle());
  }
}
