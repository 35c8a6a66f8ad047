package io.levin.launcher;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The packages of class-path jars that the system bundle exports, with versions, in the syntax of
 * {@code org.osgi.framework.system.packages.extra}.
 *
 * <p>A jar that says what it exports is believed; of any other every package with classes is
 * exported, at the version its manifest or else its name tells; and so it is of one with
 * components, whose classes are in packages of their own. Reading them costs time, so the assembly
 * of a distribution runs {@link #main} and writes the answer down.
 */
public final class SystemPackages {
  private static final Pattern NUMBERS = Pattern.compile("(\\d+(?:\\.\\d+){0,2})");
  private static final Pattern VERSION_IN_NAME = Pattern.compile("-(\\d+(?:\\.\\d+){0,2})[^/]*$");

  /** What the framework itself exports, or must not be seen twice. */
  private static final Pattern NOT_OURS =
      Pattern.compile(
          "org\\.osgi\\.(framework|resource|dto|annotation|util\\.tracker|service\\.(packageadmin"
              + "|permissionadmin|startlevel|url|condition|resolver|condpermadmin))(\\..*)?");

  private SystemPackages() {}

  /** Writes the packages of a folder's jars to a file: {@code LIB FILE}. */
  public static void main(String[] args) throws IOException {
    Path target = Path.of(args[1]);
    Files.createDirectories(target.getParent());
    List<Path> jars = jars(Path.of(args[0]));
    Files.writeString(target, fingerprint(jars) + "\n" + of(jars) + "\n");
  }

  /** What was written down for exactly these jars, else what they say now. */
  static String of(Path lib, Path written) throws IOException {
    List<Path> jars = jars(lib);
    if (Files.isReadable(written)) {
      List<String> lines = Files.readAllLines(written);
      if (lines.size() == 2 && lines.get(0).equals(fingerprint(jars))) {
        return lines.get(1);
      }
    }
    return of(jars);
  }

  static String of(List<Path> jars) throws IOException {
    Map<String, String> packages = new TreeMap<>();
    // A jar of Levin's may carry mended classes of a library: the library's version is the true one
    List<Path> librariesFirst = new ArrayList<>(jars);
    librariesFirst.sort(
        Comparator.comparing(jar -> jar.getFileName().toString().startsWith("levin-")));
    for (Path jar : librariesFirst) {
      if (!isFramework(jar)) {
        packagesOf(jar).forEach(packages::putIfAbsent);
      }
    }
    return packages.entrySet().stream()
        .filter(entry -> !NOT_OURS.matcher(entry.getKey()).matches())
        .map(entry -> entry.getKey() + ";version=\"" + entry.getValue() + "\"")
        .collect(Collectors.joining(","));
  }

  private static Map<String, String> packagesOf(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return packagesOf(manifest(path), path, files(path));
    }
    try (JarFile jar = new JarFile(path.toFile())) {
      return packagesOf(jar.getManifest(), path, jar.stream().map(JarEntry::getName));
    }
  }

  private static Map<String, String> packagesOf(
      Manifest manifest, Path path, Stream<String> entries) {
    Map<String, String> packages = new TreeMap<>();
    Attributes headers = manifest == null ? new Attributes() : manifest.getMainAttributes();
    String version = version(headers, path.getFileName().toString());
    Clauses.parse(headers.getValue("Export-Package"))
        .forEach((name, with) -> packages.put(name, with.getOrDefault("version", version)));
    if (packages.isEmpty() || headers.getValue("Service-Component") != null) {
      entries
          .filter(name -> name.endsWith(".class") && name.indexOf('/') > 0)
          .filter(name -> !name.startsWith("META-INF/"))
          .map(name -> name.substring(0, name.lastIndexOf('/')).replace('/', '.'))
          .forEach(name -> packages.putIfAbsent(name, version));
    }
    return packages;
  }

  private static Manifest manifest(Path folder) throws IOException {
    Path file = folder.resolve(JarFile.MANIFEST_NAME);
    if (!Files.isReadable(file)) {
      return null;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new Manifest(in);
    }
  }

  private static Stream<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> folder.relativize(file).toString().replace(File.separatorChar, '/'))
          .toList()
          .stream();
    }
  }

  static String version(Attributes headers, String name) {
    for (String header :
        List.of("Bundle-Version", "Implementation-Version", "Specification-Version")) {
      String value = headers.getValue(header);
      Matcher numbers = NUMBERS.matcher(value == null ? "" : value);
      if (numbers.lookingAt()) {
        return numbers.group(1);
      }
    }
    Matcher inName = VERSION_IN_NAME.matcher(name);
    return inName.find() ? inName.group(1) : "0";
  }

  private static boolean isFramework(Path jar) {
    return jar.getFileName().toString().startsWith("org.apache.felix.framework");
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private static String fingerprint(List<Path> jars) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path jar : jars) {
      text.append(jar.getFileName()).append(':').append(Files.size(jar)).append(' ');
    }
    return text.toString().strip();
  }
}
