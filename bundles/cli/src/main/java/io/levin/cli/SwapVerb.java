package io.levin.cli;

import io.levin.LevinException;
import io.levin.cli.control.RunningFit;
import io.levin.core.planner.Offered;
import io.levin.plan.Family;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code levin swap}: gives a running fit another part. */
final class SwapVerb implements Verb {
  @Override
  public String name() {
    return "swap";
  }

  @Override
  public String summary() {
    return "give a running fit another checkpoint backend";
  }

  @Override
  public void describe(CommandSpec spec, Session session) {
    spec.usageMessage()
        .customSynopsis("levin swap checkpoint-io PLUGIN[:OPTION=VALUE…] [--run PID]")
        .footer(
            "",
            "PLUGIN is a class name, or its beginning: safetensors for SafetensorsCheckpointIO.",
            "The fit takes it from its next checkpoint on; what is being written is finished first.",
            "It must be in that runtime: 'levin plugins' shows what there is.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("checkpoint-io PLUGIN")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("0..2")
            .description("what to swap, and for what")
            .build());
    spec.addOption(Flags.value("PID", "the run's process, where there are several", "--run"));
  }

  @Override
  public int run(ParseResult parsed, Session session) {
    String plugin = plugin(parsed.matchedPositionalValue(0, List.of()), session.services());
    RunningFit fit = find(Flags.text(parsed, "--run").orElse(null));
    String holder = fit.swapCheckpointIO(plugin);
    session.out().printf("Run %s: checkpoints go to %s from here on.%n", fit, holder);
    return ExitCode.OK;
  }

  /** The full name of the plugin that is asked for. */
  static String plugin(List<String> words, Services services) {
    if (words.isEmpty() || !words.get(0).equals(Family.CHECKPOINT_IO.id())) {
      throw new UsageException(
          words.isEmpty()
              ? "What is to be swapped?"
              : "'%s' cannot be swapped while a fit runs.".formatted(words.get(0)),
          "There is: checkpoint-io. Other parts belong to the run's plan until it ends.");
    }
    if (words.size() < 2) {
      throw new UsageException(
          "For which plugin?", "There are: %s.".formatted(String.join(", ", backends(services))));
    }
    return fullName(words.get(1), services);
  }

  private static RunningFit find(String pid) {
    List<RunningFit> running = RunningFit.all();
    if (running.isEmpty()) {
      throw LevinException.user(
          "No fit of yours is running on this machine.",
          "Start one with 'levin fit JOB'. To begin with another backend, give it --plugins.");
    }
    String all = String.join("\n  ", running.stream().map(RunningFit::toString).toList());
    if (pid == null && running.size() > 1) {
      throw new UsageException(
          "%d fits are running. Which one?".formatted(running.size()), "Give --run PID:\n  " + all);
    }
    return running.stream()
        .filter(run -> pid == null || run.pid().equals(pid))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "Process %s is no fit that is running.".formatted(pid),
                    "There are:\n  " + all));
  }

  /** Options stay as they are behind the name. */
  private static String fullName(String given, Services services) {
    String name = given.replaceFirst(":.*", "");
    return backends(services).stream()
            .filter(
                known ->
                    known.equalsIgnoreCase(name)
                        || known.equalsIgnoreCase(name + Family.CHECKPOINT_IO.type()))
            .findFirst()
            .orElse(name)
        + given.substring(name.length());
  }

  private static List<String> backends(Services services) {
    return services.offers().stream()
        .filter(offered -> offered.offer().family() == Family.CHECKPOINT_IO)
        .map(Offered::name)
        .sorted()
        .toList();
  }
}
