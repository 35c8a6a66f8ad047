package io.levin.cli;

import io.levin.cli.doctor.Examination;
import io.levin.cli.ranks.RanksReport;
import io.levin.cli.ranks.RanksTable;
import io.levin.plan.Surroundings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code levin doctor}: what this machine has and lacks, what that means, and what to do about it;
 * of several processes, how they stand to each other.
 */
final class DoctorVerb implements Verb {
  @Override
  public String name() {
    return "doctor";
  }

  @Override
  public String summary() {
    return "check machine, limits, engine, accelerators and what runs on them; of several ranks,"
        + " all";
  }

  @Override
  public void describe(CommandSpec spec, Session session) {
    spec.usageMessage().customSynopsis("levin doctor [FLAG…]");
    spec.addOption(Flags.flag("answer in JSON", "--json"));
    RanksFlags.describe(spec);
  }

  @Override
  public int run(ParseResult parsed, Session session) {
    Examination found =
        Examination.of(
            Surroundings.here(), session.services().offers(), session.services().processGroups());
    RanksFlags ranks = RanksFlags.read(parsed, session);
    Optional<RanksReport> all = ranks.gather(facts(found));
    if (ranks.isHeardByAnother()) {
      return ExitCode.OK; // rank 0 speaks for all
    }
    if (parsed.hasMatchedOption("--json")) {
      Map<String, Object> values = new LinkedHashMap<>(found.values());
      all.ifPresent(report -> values.put("ranks", report.values()));
      Json.print(values, session.out());
    } else {
      session.out().print(found.text());
      all.ifPresent(report -> session.out().print("\n" + RanksTable.render(report)));
    }
    boolean ok = found.ok() && all.map(RanksReport::ok).orElse(true);
    return ok ? ExitCode.OK : ExitCode.FAILURE;
  }

  /** In what ranks should not differ, beyond what {@code levin env} compares. */
  private static Map<String, String> facts(Examination found) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("DJL", found.fact("Engine", "DJL"));
    facts.put("libtorch", found.fact("Engine", "libtorch"));
    facts.put("several processes", found.fact("Engine", "several processes"));
    facts.put("processors", found.fact("Machine", "processors"));
    facts.put("heap of Java", found.fact("Machine", "heap of Java"));
    return facts;
  }
}
