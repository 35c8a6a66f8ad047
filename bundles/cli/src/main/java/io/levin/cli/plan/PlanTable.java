package io.levin.cli.plan;

import io.levin.plan.Choice;
import io.levin.plan.Conflict;
import io.levin.plan.Decision;
import io.levin.plan.Family;
import io.levin.plan.Plan;
import io.levin.plan.PlanReport;
import io.levin.plan.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A plan, or what stands against it, as text for people. */
public final class PlanTable {
  private static final int WIDTH = 96;

  private PlanTable() {}

  /** Lines of at most 96 characters, each ended by a line feed. */
  public static String render(PlanReport report) {
    StringBuilder text = new StringBuilder();
    report.plan().ifPresentOrElse(plan -> plan(plan, text), () -> conflicts(report, text));
    if (!report.warnings().isEmpty()) {
      text.append("\nBe warned\n");
      for (String warning : report.warnings()) {
        Wrap.hanging("  ! ", warning, WIDTH, text);
      }
    }
    if (report.ok()) {
      passedOver(report, text);
    }
    return text.toString();
  }

  private static void plan(Plan plan, StringBuilder text) {
    text.append("The plan\n");
    Columns columns = new Columns(WIDTH);
    for (Family family : Family.values()) {
      Choice choice = plan.choice(family);
      columns.row(label(family), choice.name(), choice.fits().why());
    }
    columns.row("computes in", precision(plan), "");
    columns.row("runs on", devices(plan), "");
    threads(plan).ifPresent(threads -> columns.row("in each process", threads, ""));
    columns.appendTo(text);
  }

  private static String precision(Plan plan) {
    return plan.precision() + (plan.hasScaler() ? ", the loss is scaled" : "");
  }

  private static String devices(Plan plan) {
    int count = plan.parallelDevices();
    String kind = plan.choice(Family.ACCELERATOR).setting(Settings.DEVICE, String.class, "device");
    return "%d %s%s%s on %s"
        .formatted(
            count,
            plan.emulated() ? "emulated " : "",
            kind.toUpperCase(Locale.ROOT),
            plural(kind, count),
            plan.numNodes() == 1 ? "1 node" : "each of %d nodes".formatted(plan.numNodes()));
  }

  private static Optional<String> threads(Plan plan) {
    Choice choice = plan.choice(Family.ACCELERATOR);
    int count = choice.setting(Settings.THREADS, Integer.class, 0);
    String from = choice.setting(Settings.THREADS_FROM, String.class, "");
    return count == 0
        ? Optional.empty()
        : Optional.of("%d thread%s (%s)".formatted(count, count == 1 ? "" : "s", from));
  }

  /** A device of the CPU is a process. */
  private static String plural(String kind, int count) {
    if (kind.equals("cpu")) {
      return count == 1 ? "" : " processes";
    }
    return count == 1 ? "" : "s";
  }

  private static void conflicts(PlanReport report, StringBuilder text) {
    List<Conflict> conflicts = report.conflicts();
    text.append(
        conflicts.size() == 1
            ? "This cannot run: there is a conflict.\n"
            : "This cannot run: there are %d conflicts.\n".formatted(conflicts.size()));
    int number = 0;
    for (Conflict conflict : conflicts) {
      number++;
      String head = "%3d. ".formatted(number);
      text.append('\n').append(head).append(String.join(", ", conflict.about())).append('\n');
      Wrap.hanging("     ", conflict.message(), WIDTH, text);
      if (!conflict.hint().isEmpty()) {
        Wrap.hanging("     => ", conflict.hint(), WIDTH, text);
      }
    }
  }

  /** Everything else that was there, by the reason why it is not part of the plan. */
  private static void passedOver(PlanReport report, StringBuilder text) {
    text.append("\nNot taken\n");
    for (Family family : Family.values()) {
      Map<String, List<String>> namesByReason = new LinkedHashMap<>();
      for (Decision decision : report.decisions()) {
        if (decision.family() == family && decision.verdict() != Decision.Verdict.CHOSEN) {
          namesByReason
              .computeIfAbsent(decision.why(), why -> new ArrayList<>())
              .add(decision.name());
        }
      }
      String label = label(family);
      for (Map.Entry<String, List<String>> entry : namesByReason.entrySet()) {
        String line = String.join(", ", entry.getValue()) + ": " + entry.getKey();
        Wrap.hanging("  %-19s  ".formatted(label), line, WIDTH, text);
        label = "";
      }
    }
  }

  private static String label(Family family) {
    return family.id().replace('-', ' ').replace(" io", " IO");
  }
}
