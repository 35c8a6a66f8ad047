package io.levin.cli;

import io.levin.LevinException;
import io.levin.launcher.Inspection;
import io.levin.launcher.Plugin;
import io.levin.launcher.PluginFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ParseResult;

/** Puts a jar into the folder of plugins: exactly the bytes that were verified, all at once. */
final class PluginInstall {
  static final String REPLACE = "--replace";
  static final String REPOSITORY = "--repository";

  private static final Pattern COORDINATES =
      Pattern.compile("([\\w.-]+):([\\w.-]+):([\\w.-]+)(?::([\\w.-]+))?");

  private final Session session;
  private final PluginNames names;
  private final PluginFolder folder;

  PluginInstall(Session session) {
    this.session = session;
    this.names = new PluginNames(session.services());
    this.folder = names.folder();
  }

  int run(String what, ParseResult parsed) {
    Path jar = find(what, parsed);
    if (!jar.toString().endsWith(".jar")) {
      throw new UsageException(
          "'%s' is not called a jar.".formatted(jar), "Plugins end with .jar.");
    }
    Inspection found = names.inspect(jar);
    if (!found.fits()) {
      throw LevinException.user(
          "%s is not installed:\n%s"
              .formatted(jar.getFileName(), String.join("\n", PluginCheck.reasons(found))),
          "Nothing has changed.");
    }
    Path target = folder.path().resolve(jar.getFileName());
    Optional<Plugin> there = there(target, found);
    if (there.isPresent()
        && there.get().sha256().equals(found.sha256())
        && there.get().jar().equals(target)) {
      session.out().printf("%s is there already.%n", target.getFileName());
      return ExitCode.OK;
    }
    if (there.isPresent() && !parsed.hasMatchedOption(REPLACE)) {
      throw new UsageException(
          "%s is there already, as %s.".formatted(found.name(), there.get().jar().getFileName()),
          "Give --replace to put this one in its place.");
    }
    folder.leaveAlone();
    put(found.copy(), target);
    there.map(Plugin::jar).filter(old -> !old.equals(target)).ifPresent(PluginInstall::delete);
    session.out().printf("%s %s is installed: %s%n", found.name(), found.version(), target);
    return RunningPlugins.await(
        session, target.getFileName().toString(), Optional.of(found.sha256()));
  }

  private Optional<Plugin> there(Path target, Inspection found) {
    return folder.plugins().stream()
        .filter(plugin -> plugin.jar().equals(target))
        .findFirst()
        .or(found::present);
  }

  private static Path find(String what, ParseResult parsed) {
    Matcher matcher = COORDINATES.matcher(what);
    if (Files.exists(Path.of(what)) || !matcher.matches()) {
      return Path.of(what).toAbsolutePath().normalize();
    }
    Path repository =
        Path.of(
            Flags.text(parsed, REPOSITORY)
                .orElse(System.getProperty("user.home") + "/.m2/repository"));
    String classifier = matcher.group(4) == null ? "" : "-" + matcher.group(4);
    Path jar =
        repository
            .resolve(matcher.group(1).replace('.', '/'))
            .resolve(matcher.group(2))
            .resolve(matcher.group(3))
            .resolve("%s-%s%s.jar".formatted(matcher.group(2), matcher.group(3), classifier));
    if (!Files.isRegularFile(jar)) {
      throw new UsageException(
          "%s is not in the repository %s.".formatted(what, repository),
          "'mvn dependency:get -Dartifact=%s' fetches it; --repository names another place."
              .formatted(what));
    }
    return jar.toAbsolutePath().normalize();
  }

  /** Under another name first, so that nobody ever sees half of it. */
  private static void put(Path copy, Path target) {
    Path aside =
        target.resolveSibling(
            ".%s.%d.part".formatted(target.getFileName(), ProcessHandle.current().pid()));
    try {
      Files.createDirectories(target.getParent());
      Files.copy(copy, aside, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel file = FileChannel.open(aside, StandardOpenOption.WRITE)) {
        file.force(true);
      }
      Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      aside.toFile().delete();
      throw LevinException.resource(
          "Cannot write '%s': %s.".formatted(target, e), "Nothing has changed.", e);
    }
  }

  private static void delete(Path old) {
    try {
      Files.deleteIfExists(old);
    } catch (IOException e) {
      throw LevinException.resource(
          "Cannot remove '%s': %s.".formatted(old, e), "Remove it: two of a name compete.", e);
    }
  }
}
