package io.levin.cli.env;

import io.levin.cli.plan.Columns;
import io.levin.cli.plan.Wrap;
import io.levin.cluster.Problem;
import java.util.Map;

/** An environment as text for people. */
public final class EnvTable {
  private static final int WIDTH = 96;

  private EnvTable() {}

  /** Lines of at most 96 characters, each ended by a line feed. */
  public static String render(EnvReport report) {
    StringBuilder text = new StringBuilder();
    Wrap.hanging("", report.name() + ": " + report.why(), WIDTH, text);
    text.append('\n');
    Map<String, Object> answers = report.answers();
    Columns columns = new Columns(WIDTH);
    columns.row("main address", answer(answers, "main_address"), "where rank 0 listens");
    columns.row("main port", answer(answers, "main_port"), "");
    columns.row("world size", answer(answers, "world_size"), "processes in all");
    columns.row("global rank", answer(answers, "global_rank"), "this process among all");
    columns.row("local rank", answer(answers, "local_rank"), "this process on its node");
    columns.row("node rank", answer(answers, "node_rank"), "this node");
    boolean external = Boolean.TRUE.equals(answers.get("creates_processes_externally"));
    columns.row(
        "processes",
        external ? "exist" : "to start",
        external ? "somebody else started them" : "Levin starts them");
    columns.appendTo(text);
    if (!report.ok()) {
      text.append("\nProblems\n");
      for (Problem problem : report.problems()) {
        Wrap.hanging("  ! ", problem.message(), WIDTH, text);
        Wrap.hanging("    => ", problem.hint(), WIDTH, text);
      }
    }
    text.append("\nNot the others\n");
    Columns others = new Columns(WIDTH);
    report.others().forEach(other -> others.row(other.name(), "", other.why()));
    others.appendTo(text);
    return text.toString();
  }

  private static String answer(Map<String, Object> answers, String name) {
    return answers.containsKey(name) ? answers.get(name).toString() : "unknown";
  }
}
