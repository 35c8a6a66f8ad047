package io.levin.cli.ranks;

import io.levin.cli.plan.Columns;
import io.levin.cli.plan.Wrap;
import java.util.Map;

/** The ranks' report as text for people. */
public final class RanksTable {
  private static final int WIDTH = 96;

  private RanksTable() {}

  /** Lines of at most 96 characters, each ended by a line feed. */
  public static String render(RanksReport report) {
    StringBuilder text = new StringBuilder();
    text.append("Of %d ranks, %d came\n".formatted(report.worldSize(), report.ranks().size()));
    Columns columns = new Columns(WIDTH);
    for (Rank rank : report.ranks()) {
      Map<String, String> facts = rank.facts();
      columns.row(
          Integer.toString(rank.number()),
          facts.getOrDefault(RanksReport.HOST, "?"),
          "node %s, local rank %s, process %s%s"
              .formatted(
                  facts.get("node rank"),
                  facts.get("local rank"),
                  facts.get(RanksReport.PROCESS),
                  rank.number() == 0
                      ? ""
                      : ", clock %+.1f ms (give or take %.1f)"
                          .formatted(rank.ahead(), rank.uncertain())));
    }
    columns.appendTo(text);
    if (report.ok()) {
      text.append("They agree on:\n");
      Columns agreed = new Columns(WIDTH);
      report.ranks().get(0).facts().entrySet().stream()
          .filter(fact -> !RanksReport.OWN.contains(fact.getKey()))
          .forEach(fact -> agreed.row(fact.getKey(), "", fact.getValue()));
      agreed.appendTo(text);
    }
    for (String problem : report.problems()) {
      Wrap.hanging("  ! ", problem, WIDTH, text);
    }
    return text.toString();
  }
}
