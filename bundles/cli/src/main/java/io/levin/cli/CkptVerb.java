package io.levin.cli;

import io.levin.LevinException;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.Storages;
import io.levin.cli.ckpt.CheckpointJson;
import io.levin.cli.ckpt.CheckpointText;
import io.levin.cli.ckpt.Conversion;
import io.levin.cli.ckpt.Difference;
import io.levin.cli.ckpt.Formats;
import io.levin.cli.ckpt.Pruning;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code levin ckpt}: looks into checkpoints, without an engine and without running anything. */
final class CkptVerb implements Verb {
  private static final Map<String, Integer> ACTIONS =
      Map.of("ls", 1, "show", 1, "verify", 1, "diff", 2, "convert", 2, "prune", 1);

  private static final String FORMAT = "--format";
  private static final String WEIGHTS = "--weights";
  private static final String KEEP = "--keep";
  private static final String KEEP_BEST = "--keep-best";
  private static final String DRY_RUN = "--dry-run";

  @Override
  public String name() {
    return "ckpt";
  }

  @Override
  public String summary() {
    return "list, show, verify, compare, convert and prune checkpoints";
  }

  @Override
  public void describe(CommandSpec spec, Session session) {
    spec.usageMessage()
        .customSynopsis(
            "levin ckpt ls FOLDER",
            "levin ckpt show FILE [--json]",
            "levin ckpt verify FILE…",
            "levin ckpt diff FILE OTHER",
            "levin ckpt convert FILE NEW [--weights] [--format NAME]",
            "levin ckpt prune FOLDER [--keep N] [--keep-best] [--dry-run]");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("ACTION FILE…")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("0..*")
            .description(
                "ls, show, verify, diff, convert or prune, and checkpoints: files or folders")
            .build());
    spec.addOption(Flags.flag("answer in JSON", "--json"));
    spec.addOption(Flags.flag("convert only the weights", WEIGHTS));
    spec.addOption(
        Flags.value("NAME", "format to convert to, where the new name does not say it", FORMAT));
    spec.addOption(Flags.value("N", "prune keeps the newest N of every folder", KEEP));
    spec.addOption(Flags.flag("prune keeps the best by every run's metric", KEEP_BEST));
    spec.addOption(Flags.flag("say what prune would remove, and remove nothing", DRY_RUN));
  }

  @Override
  public int run(ParseResult parsed, Session session) {
    List<String> words = parsed.matchedPositionalValue(0, List.of());
    if (words.isEmpty() || !ACTIONS.containsKey(words.get(0))) {
      throw UsageException.unknown(
          words.isEmpty()
              ? "What is to be done?"
              : "'%s' is nothing that ckpt does.".formatted(words.get(0)),
          words.isEmpty() ? "" : words.get(0),
          ACTIONS.keySet(),
          "There are: ls, show, verify, diff, convert, prune.");
    }
    String action = words.get(0);
    List<Path> files = words.stream().skip(1).map(Storages::path).toList();
    if (files.size() < ACTIONS.get(action)) {
      throw new UsageException(
          "ckpt %s needs %d path(s).".formatted(action, ACTIONS.get(action)),
          "'levin ckpt --help' shows how.");
    }
    Formats formats = new Formats(session.services().formats());
    return switch (action) {
      case "ls" -> list(files.get(0), formats, session);
      case "show" -> show(files.get(0), formats, parsed.hasMatchedOption("--json"), session);
      case "verify" -> verify(files, formats, session);
      case "diff" -> diff(files.get(0), files.get(1), formats, session);
      case "prune" -> prune(files.get(0), formats, parsed, session);
      default -> convert(files.get(0), files.get(1), formats, parsed, session);
    };
  }

  private static int list(Path folder, Formats formats, Session session) {
    Table table = new Table().row("checkpoint", "epoch", "step", "tensors", "size");
    formats
        .under(folder)
        .forEach(path -> CheckpointText.row(folder, path, formats.of(path), table::row));
    table.print("", session.out());
    return ExitCode.OK;
  }

  private static int show(Path file, Formats formats, boolean json, Session session) {
    CheckpointIO format = formats.of(file);
    try (Checkpoint checkpoint = format.load(file)) {
      if (json) {
        Json.print(CheckpointJson.of(format.format(), checkpoint), session.out());
      } else {
        CheckpointText.print(checkpoint, session.out());
      }
    }
    return ExitCode.OK;
  }

  private static int verify(List<Path> files, Formats formats, Session session) {
    int code = ExitCode.OK;
    for (Path file : files) {
      try {
        formats.of(file).verify(file);
        session.out().printf("ok       %s%n", file);
      } catch (LevinException e) {
        session.out().printf("damaged  %s%n", e.getMessage());
        code = ExitCode.FAILURE;
      }
    }
    return code;
  }

  private static int diff(Path one, Path other, Formats formats, Session session) {
    try (Checkpoint first = formats.of(one).load(one);
        Checkpoint second = formats.of(other).load(other)) {
      List<String> differences = Difference.of(first.root(), second.root());
      differences.forEach(session.out()::println);
      if (differences.isEmpty()) {
        session.out().println("The same, value for value and bit for bit.");
      }
      return differences.isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
    }
  }

  private static int convert(
      Path from, Path to, Formats formats, ParseResult parsed, Session session) {
    new Conversion(formats, parsed.hasMatchedOption(WEIGHTS))
        .run(from, to, Flags.text(parsed, FORMAT), session.out());
    return ExitCode.OK;
  }

  private static int prune(Path folder, Formats formats, ParseResult parsed, Session session) {
    String keep = Flags.text(parsed, KEEP).orElse("0");
    boolean best = parsed.hasMatchedOption(KEEP_BEST);
    if (!keep.matches("[0-9]{1,9}") || (keep.matches("0+") && !best)) {
      throw new UsageException(
          "ckpt prune must be told what to keep.",
          "Give --keep N for the newest N, --keep-best for the best, or both.");
    }
    new Pruning(formats, Integer.parseInt(keep), best, session.out())
        .run(folder, parsed.hasMatchedOption(DRY_RUN));
    return ExitCode.OK;
  }
}
