package io.levin.cli.doctor;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Folders that are written to, and the limits of this process. */
final class Places {
  private static final double GIBI = 1 << 30;
  private static final double UNPACKED = 0.5;
  private static final int FILES = 1024;

  private final Map<String, String> environment;
  private final SystemFiles files;

  Places(Map<String, String> environment, SystemFiles files) {
    this.environment = environment;
    this.files = files;
  }

  List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        folder("runs and checkpoints", Path.of(""), 1, "Give --default-root-dir another folder."));
    Path cache = engineCache();
    findings.add(
        folder(
            "libtorch, unpacked",
            cache,
            Files.isDirectory(cache.resolve("pytorch")) ? 0 : UNPACKED,
            "Set DJL_CACHE_DIR to a folder with room, in which programs may run."));
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    findings.add(
        folder(
            "temporary files",
            temporary,
            0.1,
            "Give JAVA_OPTS=-Djava.io.tmpdir=FOLDER another folder, in which programs may run."));
    findings.addAll(limits());
    return findings;
  }

  private Finding folder(String name, Path folder, double needed, String advice) {
    File there = existing(folder).toFile();
    double free = there.getUsableSpace() / GIBI;
    String what = "%s, %.1f GiB free".formatted(folder.toAbsolutePath(), free);
    if (!there.canWrite()) {
      return Finding.lack(name, what + ", but not to be written to", advice);
    }
    boolean runsPrograms = !name.startsWith("runs");
    if (runsPrograms && files.isNoExec(there.toPath())) {
      return Finding.lack(name, what + ", but mounted noexec", advice);
    }
    return free < needed ? Finding.lack(name, what, advice) : Finding.ok(name, what);
  }

  private static Path existing(Path folder) {
    Path there = folder.toAbsolutePath();
    while (!Files.exists(there)) {
      there = there.getParent();
    }
    return there;
  }

  /** Where DJL unpacks libtorch. */
  private Path engineCache() {
    String folder = System.getProperty("DJL_CACHE_DIR", environment.get("DJL_CACHE_DIR"));
    return folder == null
        ? Path.of(System.getProperty("user.home", ""), ".djl.ai")
        : Path.of(folder);
  }

  private List<Finding> limits() {
    List<Finding> findings = new ArrayList<>();
    files
        .limit("Max open files")
        .ifPresent(
            limit ->
                findings.add(
                    isBelow(limit, FILES)
                        ? Finding.note(
                            "open files",
                            limit,
                            "Datasets of many files and many ranks need more: ulimit -n 4096.")
                        : Finding.ok("open files", limit)));
    files
        .limit("Max processes")
        .ifPresent(
            limit ->
                findings.add(
                    isBelow(limit, 256)
                        ? Finding.note(
                            "threads",
                            limit + " for all of this user's",
                            "A process of Levin has some forty: ulimit -u 4096.")
                        : Finding.ok("threads", limit)));
    files
        .limit("Max file size")
        .filter(limit -> !limit.equals("unlimited"))
        .ifPresent(
            limit ->
                findings.add(
                    Finding.lack(
                        "size of a file",
                        limit + " bytes at most",
                        "A larger checkpoint cannot be kept: ulimit -f unlimited.")));
    files
        .limit("Max address space")
        .filter(limit -> !limit.equals("unlimited"))
        .ifPresent(
            limit ->
                findings.add(
                    Finding.note(
                        "address space",
                        limit + " bytes at most",
                        "Java and libtorch map far more than they use: ulimit -v unlimited.")));
    return findings;
  }

  private static boolean isBelow(String limit, long least) {
    return limit.matches("[0-9]{1,18}") && Long.parseLong(limit) < least;
  }
}
