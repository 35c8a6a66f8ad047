package io.levin.cli;

import io.levin.cli.env.EnvReport;
import io.levin.cli.env.Environments;
import io.levin.cli.ranks.Gathering;
import io.levin.cli.ranks.RanksReport;
import io.levin.plan.Surroundings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.FrameworkUtil;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * Whether and how the processes of one launcher answer together.
 *
 * @param place of this process; null where it answers alone
 */
record RanksFlags(EnvReport place, String host, Duration limit) {
  private static final Duration USUAL = Duration.ofSeconds(30);

  static void describe(CommandSpec spec) {
    spec.addOption(Flags.flag("do not ask the other ranks", "--alone"));
    spec.addOption(
        Flags.value(
            "SECONDS",
            "how long to wait for the other ranks, %d if not given".formatted(USUAL.toSeconds()),
            "--timeout"));
  }

  static RanksFlags read(ParseResult parsed, Session session) {
    Surroundings here = Surroundings.here();
    Duration limit = Flags.text(parsed, "--timeout").map(RanksFlags::seconds).orElse(USUAL);
    if (parsed.hasMatchedOption("--alone") || session.services().offers().isEmpty()) {
      return new RanksFlags(null, here.hostname(), limit);
    }
    EnvReport place = new Environments(session.services().offers()).ask(here, Optional.empty());
    return new RanksFlags(Gathering.isOneOfSeveral(place) ? place : null, here.hostname(), limit);
  }

  private static Duration seconds(String text) {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) == 0) {
      throw new UsageException(
          "--timeout takes seconds, not '%s'.".formatted(text), "Give 30, for example.");
    }
    return Duration.ofSeconds(Integer.parseInt(text));
  }

  /** Whether this process only says what it knows, and another prints it. */
  boolean isHeardByAnother() {
    return place != null && !Integer.valueOf(0).equals(place.answers().get("global_rank"));
  }

  /** What all ranks say, on rank 0 of several; nothing elsewhere. */
  Optional<RanksReport> gather(Map<String, String> more) {
    if (place == null) {
      return Optional.empty();
    }
    Map<String, String> facts = new TreeMap<>(more);
    facts.put(RanksReport.HOST, host);
    facts.put(RanksReport.PROCESS, Long.toString(ProcessHandle.current().pid()));
    facts.put("Levin", version());
    facts.put(
        "Java", System.getProperty("java.version") + ", " + System.getProperty("java.vendor"));
    facts.put(
        "system",
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")));
    return Gathering.of(place, facts, limit);
  }

  private static String version() {
    var bundle = FrameworkUtil.getBundle(RanksFlags.class);
    return bundle == null ? "?" : bundle.getVersion().toString();
  }
}
