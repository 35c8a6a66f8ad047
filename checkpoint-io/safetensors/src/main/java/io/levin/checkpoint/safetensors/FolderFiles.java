package io.levin.checkpoint.safetensors;

import io.levin.LevinException;
import io.levin.checkpoint.DurableFolder;
import io.levin.checkpoint.WholeFiles;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files that a checkpoint's folder may hold; whatever else is in it is somebody else's. */
final class FolderFiles {
  private static final Pattern DATA =
      Pattern.compile(
          "(%s|%s|%s)(-\\d+)?\\.safetensors"
              .formatted(Placement.MODEL, Placement.STATE, "shard-\\d{5}-model-\\d{5}-of-\\d{5}"));
  private static final Pattern ASIDE = Pattern.compile("\\..+\\.levin-tmp");

  private FolderFiles() {}

  /** A path for a file that is not there yet. */
  static Path free(Path folder, String id) {
    Path path = folder.resolve(id + ".safetensors");
    for (int other = 1; Files.exists(path, LinkOption.NOFOLLOW_LINKS); other++) {
      path = folder.resolve("%s-%d.safetensors".formatted(id, other));
    }
    return path;
  }

  /** Removes data that no manifest names any more, with what killed saves left. */
  static void removeAllBut(Set<Path> named, Path folder) {
    try {
      for (Path file : list(folder)) {
        if (DATA.matcher(file.getFileName().toString()).matches() && !named.contains(file)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      // The new checkpoint is safe; the next save or removal takes away what is left of the old.
      return;
    }
  }

  /** Deletes files that no manifest names, as far as possible. */
  static void discard(Set<Path> files) {
    for (Path file : files) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException | LevinException e) {
        // The next save removes it.
        continue;
      }
    }
  }

  /** Whether a folder holds nothing but what a save that was killed may have left. */
  static boolean isFree(Path folder) {
    try {
      return list(folder).stream().allMatch(file -> isOurs(file) && !file.endsWith(Manifest.FILE));
    } catch (IOException e) {
      return false;
    }
  }

  /** Removes a checkpoint; files of others in its folder stay, and so does the folder then. */
  static void remove(Path folder) {
    try {
      List<Path> files = list(folder);
      boolean canGoAtOnce = !Files.isSymbolicLink(folder) && WholeFiles.of(folder).isEmpty();
      if (canGoAtOnce && files.stream().allMatch(FolderFiles::isOurs)) {
        DurableFolder.remove(folder);
        return;
      }
      // Without its manifest it is none any more, whatever happens to the rest.
      Files.deleteIfExists(folder.resolve(Manifest.FILE));
      for (Path file : files) {
        if (isOurs(file)) {
          Files.deleteIfExists(file);
        }
      }
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // What is left was never ours.
      return;
    } catch (IOException e) {
      throw LevinException.resource(
          "The checkpoint '%s' could not be removed: %s.".formatted(folder, e.getMessage()),
          "Check the permissions of its folder.",
          e);
    }
  }

  private static boolean isOurs(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && (name.equals(Manifest.FILE)
            || DATA.matcher(name).matches()
            || ASIDE.matcher(name).matches());
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
