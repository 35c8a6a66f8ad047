package io.levin.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code levin env}: which cluster environment this process is in, why, and its answers. */
final class EnvVerb implements Verb {
  @Override
  public String name() {
    return "env";
  }

  @Override
  public String summary() {
    return "show which cluster environment this process is in, and why";
  }

  @Override
  public void describe(CommandSpec spec, Session session) {
    spec.usageMessage().customSynopsis("levin env [FLAG…]");
    WhatIf.describe(spec, false);
    spec.addOption(Flags.value("NAME", "ask this environment, for example slurm", "--environment"));
  }

  @Override
  public int run(ParseResult parsed, Session session) {
    throw new UnsupportedOperationException("env");
  }
}
