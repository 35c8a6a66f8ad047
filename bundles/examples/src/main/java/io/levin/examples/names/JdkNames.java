package io.levin.examples.names;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.levin.LevinException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The names of the JDK's own top-level classes: real data that every JDK has with it. */
public final class JdkNames {
  private static final int LARGE = 300;
  private static final String CLASS = ".class";

  private JdkNames() {}

  /** Every name once, sorted. */
  public static List<ClassName> all() {
    return read(FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules"));
  }

  /** The names of modules that have enough classes to learn from. */
  public static List<ClassName> ofLargeModules() {
    return ofLargeModules(all(), LARGE);
  }

  static List<ClassName> ofLargeModules(Collection<ClassName> names, int least) {
    Map<String, Long> sizes = names.stream().collect(groupingBy(ClassName::module, counting()));
    long large = sizes.values().stream().filter(size -> size >= least).count();
    if (large < 2) {
      throw LevinException.environment(
          "This Java has %d modules of at least %d classes, but class-names needs two: '%s' is a trimmed JDK."
              .formatted(large, least, System.getProperty("java.home")),
          "Set JAVA_HOME to a full JDK, or learn from your own files: levin fit text --data DIR");
    }
    return names.stream().filter(name -> sizes.get(name.module()) >= least).toList();
  }

  /**
   * A name that several modules have belongs to the first: were it kept twice, one could be learned
   * and the other asked for.
   *
   * @param modules a folder with one folder for each module
   */
  static List<ClassName> read(Path modules) {
    Map<String, ClassName> names = new TreeMap<>();
    try (Stream<Path> files = Files.walk(modules)) {
      files
          .filter(JdkNames::isTopLevelClass)
          .map(file -> of(modules.relativize(file)))
          .sorted((a, b) -> a.module().compareTo(b.module()))
          .forEach(name -> names.putIfAbsent(name.name(), name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(names.values());
  }

  private static boolean isTopLevelClass(Path file) {
    String name = file.getFileName() == null ? "" : file.getFileName().toString();
    return name.endsWith(CLASS) && name.indexOf('$') < 0 && name.indexOf('-') < 0;
  }

  private static ClassName of(Path file) {
    String name = file.getFileName().toString();
    return new ClassName(
        name.substring(0, name.length() - CLASS.length()), file.getName(0).toString());
  }
}
