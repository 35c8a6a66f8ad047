package io.levin.cli;

import io.levin.LevinException;
import io.levin.cli.control.RunningFit;
import io.levin.launcher.PluginFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** Takes a plugin out of the folder, after a look at who uses it. */
final class PluginRemoval {
  static final String YES = "--yes";

  private final Session session;
  private final PluginNames names;
  private final PluginFolder folder;

  PluginRemoval(Session session) {
    this.session = session;
    this.names = new PluginNames(session.services());
    this.folder = names.folder();
  }

  int run(String name, ParseResult parsed) {
    Path jar = folder.path().resolve(Path.of(name).getFileName());
    String bundle = "";
    if (!Files.exists(jar) || !jar.toString().endsWith(".jar")) {
      Services.Installed installed = names.bundle(name);
      if (!installed.origin().equals("plugin")) {
        throw new UsageException(
            "%s is a bundle of Levin's own.".formatted(installed.name()),
            "Only plugins can be removed: 'levin plugins' shows which these are.");
      }
      jar = Path.of(installed.jar());
      bundle = installed.name();
    } else {
      bundle = symbolicName(jar);
    }
    List<String> users = users(jar, bundle);
    if (!users.isEmpty() && !parsed.hasMatchedOption(YES)) {
      throw new UsageException(
          "%s is in use:\n%s".formatted(jar.getFileName(), String.join("\n", users)),
          "Give --yes to remove it all the same.");
    }
    folder.leaveAlone();
    try {
      Files.delete(jar);
    } catch (IOException e) {
      throw LevinException.resource(
          "Cannot remove '%s': %s.".formatted(jar, e), "Nothing has changed.", e);
    }
    session.out().printf("%s is removed.%n", jar.getFileName());
    users.forEach(user -> session.out().println("  " + user));
    return RunningPlugins.await(session, jar.getFileName().toString(), Optional.empty());
  }

  private String symbolicName(Path jar) {
    return session.services().bundles().stream()
        .filter(bundle -> bundle.jar().equals(jar.toString()))
        .map(Services.Installed::name)
        .findFirst()
        .orElse(""); // it was left out
  }

  private List<String> users(Path jar, String bundle) {
    List<String> users = new ArrayList<>();
    for (RunningFit fit : RunningPlugins.ofThis(session)) {
      if (fit.uses().contains(bundle)) {
        users.add("Run %s uses it.".formatted(fit));
      }
    }
    folder
        .lackingWithout(jar)
        .forEach(
            (other, lacks) ->
                users.add("Without it, %s: %s".formatted(other, String.join(" ", lacks))));
    return users;
  }
}
