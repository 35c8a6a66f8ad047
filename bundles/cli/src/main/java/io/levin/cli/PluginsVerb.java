package io.levin.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code levin plugins}: what is installed and what it offers; and ways to change that. */
final class PluginsVerb implements Verb {
  private static final Map<String, Integer> ACTIONS =
      new TreeMap<>(Map.of("list", 0, "info", 1, "verify", 1, "install", 1, "remove", 1, "why", 1));

  @Override
  public String name() {
    return "plugins";
  }

  @Override
  public String summary() {
    return "list, check, install and remove plugins; say why one is taken or not";
  }

  @Override
  public void describe(CommandSpec spec, Session session) {
    describe(spec, session, List.of());
  }

  @Override
  public void describe(CommandSpec spec, Session session, List<String> arguments) {
    spec.usageMessage()
        .customSynopsis(
            "levin plugins [list] [--json]",
            "levin plugins info NAME|JAR [--json]",
            "levin plugins verify JAR…",
            "levin plugins install JAR|GROUP:ARTIFACT:VERSION [--replace] [--repository DIR]",
            "levin plugins remove NAME|JAR [--yes]",
            "levin plugins why NAME [FLAG…] [--json]")
        .footer(
            "",
            "list     families, what is offered in each, and all bundles",
            "info     what one bundle, plugin or jar is: its signer, SHA-256, offers, packages",
            "verify   whether jars would be taken in here, or exactly what stands against them",
            "install  verifies a jar, puts it into 'plugins', and waits for the runs that go on",
            "remove   takes a plugin out; --yes when somebody uses it",
            "why      why a plugin is part of a run with these flags, or is not: as 'levin plan'",
            "",
            "Exit codes: 0 done, 1 refused or failed, 2 wrong usage.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("ACTION NAME…")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("0..*")
            .description("what to do, and with which plugin")
            .build());
    spec.addOption(
        Flags.flag("put it in the place of the one that is there", PluginInstall.REPLACE));
    spec.addOption(
        Flags.value("DIR", "Maven repository to install from", PluginInstall.REPOSITORY));
    spec.addOption(Flags.flag("remove it though it is in use", PluginRemoval.YES));
    if (arguments.contains("why")) {
      WhatIf.describe(spec, true);
      Flags.addArguments(spec);
    } else {
      spec.addOption(Flags.flag("answer in JSON", "--json"));
    }
  }

  @Override
  public int run(ParseResult parsed, Session session) {
    List<String> words = parsed.matchedPositionalValue(0, List.of());
    String action = words.isEmpty() ? "list" : words.get(0);
    if (!ACTIONS.containsKey(action)) {
      throw UsageException.unknown(
          "'%s' is nothing that plugins does. There are: %s."
              .formatted(action, String.join(", ", ACTIONS.keySet())),
          action,
          ACTIONS.keySet(),
          "'levin plugins --help' shows how.");
    }
    List<String> names = words.isEmpty() ? words : words.subList(1, words.size());
    if (names.size() < ACTIONS.get(action)) {
      throw new UsageException(
          "plugins %s needs to be told which.".formatted(action),
          "'levin plugins --help' shows how.");
    }
    boolean json = parsed.hasMatchedOption("--json");
    return switch (action) {
      case "info" -> new PluginInfo(session).print(names.get(0), json);
      case "verify" -> PluginCheck.verify(names, session);
      case "install" -> new PluginInstall(session).run(names.get(0), parsed);
      case "remove" -> new PluginRemoval(session).run(names.get(0), parsed);
      case "why" -> PluginWhy.explain(names.get(0), parsed, session);
      default -> PluginList.print(session, json);
    };
  }
}
