package io.levin.cli;

import io.levin.LevinException;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.cli.ckpt.CheckpointJson;
import io.levin.cli.ckpt.CheckpointText;
import io.levin.cli.ckpt.Difference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code levin ckpt}: looks into checkpoints, without an engine and without running anything. */
final class CkptVerb implements Verb {
  private static final Map<String, Integer> ACTIONS =
      Map.of("ls", 1, "show", 1, "verify", 1, "diff", 2, "convert", 2);

  @Override
  public String name() {
    return "ckpt";
  }

  @Override
  public String summary() {
    return "list, show, verify, compare and convert checkpoints";
  }

  @Override
  public void describe(CommandSpec spec, Session session) {
    spec.usageMessage()
        .customSynopsis(
            "levin ckpt ls FOLDER",
            "levin ckpt show FILE [--json]",
            "levin ckpt verify FILE…",
            "levin ckpt diff FILE OTHER",
            "levin ckpt convert FILE NEW");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("ACTION FILE…")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("0..*")
            .description("ls, show, verify, diff or convert, and files")
            .build());
    spec.addOption(Flags.flag("answer in JSON", "--json"));
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
          "There are: ls, show, verify, diff, convert.");
    }
    String action = words.get(0);
    List<Path> files = words.stream().skip(1).map(Path::of).toList();
    if (files.size() < ACTIONS.get(action)) {
      throw new UsageException(
          "ckpt %s needs %d path(s).".formatted(action, ACTIONS.get(action)),
          "'levin ckpt --help' shows how.");
    }
    return switch (action) {
      case "ls" -> list(files.get(0), session);
      case "show" -> show(files.get(0), parsed.hasMatchedOption("--json"), session);
      case "verify" -> verify(files, session);
      case "diff" -> diff(files.get(0), files.get(1), session);
      default -> convert(files.get(0), files.get(1), session);
    };
  }

  private static CheckpointIO format(Path file, Session session) {
    List<CheckpointIO> formats = session.services().formats();
    if (formats.isEmpty()) {
      throw LevinException.environment(
          "No bundle reads checkpoints.", "Put levin-checkpoint-torch back into 'bundles'.");
    }
    // One that is of no format is refused by the first, which says why.
    return formats.stream()
        .filter(format -> Files.isRegularFile(file) && format.recognizes(file))
        .findFirst()
        .orElse(formats.get(0));
  }

  private static int list(Path folder, Session session) {
    Table table = new Table().row("file", "epoch", "step", "tensors", "size");
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(Files::isRegularFile)
          .filter(file -> session.services().formats().stream().anyMatch(f -> f.recognizes(file)))
          .sorted()
          .forEach(file -> CheckpointText.row(folder, file, format(file, session), table::row));
    } catch (IOException e) {
      throw LevinException.user(
          "'%s' is no folder that can be read.".formatted(folder), "Give a folder.");
    }
    table.print("", session.out());
    return ExitCode.OK;
  }

  private static int show(Path file, boolean json, Session session) {
    CheckpointIO format = format(file, session);
    try (Checkpoint checkpoint = format.load(file)) {
      if (json) {
        Json.print(CheckpointJson.of(format.format(), checkpoint), session.out());
      } else {
        CheckpointText.print(checkpoint, session.out());
      }
    }
    return ExitCode.OK;
  }

  private static int verify(List<Path> files, Session session) {
    int code = ExitCode.OK;
    for (Path file : files) {
      try {
        format(file, session).verify(file);
        session.out().printf("ok       %s%n", file);
      } catch (LevinException e) {
        session.out().printf("damaged  %s%n", e.getMessage());
        code = ExitCode.FAILURE;
      }
    }
    return code;
  }

  private static int diff(Path one, Path other, Session session) {
    try (Checkpoint first = format(one, session).load(one);
        Checkpoint second = format(other, session).load(other)) {
      List<String> differences = Difference.of(first.root(), second.root());
      differences.forEach(session.out()::println);
      if (differences.isEmpty()) {
        session.out().println("The same, value for value and bit for bit.");
      }
      return differences.isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
    }
  }

  private static int convert(Path from, Path to, Session session) {
    CheckpointIO target =
        session.services().formats().stream()
            .filter(format -> to.toString().endsWith(format.suffix()))
            .findFirst()
            .orElseGet(() -> format(from, session));
    try (Checkpoint checkpoint = format(from, session).load(from)) {
      target.save(checkpoint, to);
    }
    session.out().printf("%s is written.%n", to);
    return ExitCode.OK;
  }
}
