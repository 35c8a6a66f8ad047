package io.levin.cli.ckpt;

import io.levin.LevinException;
import io.levin.MisconfigurationException;
import io.levin.checkpoint.CheckpointIO;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The formats of checkpoints that are installed, and which of them a path is of. */
public final class Formats {
  private final List<CheckpointIO> formats;

  /**
   * @param formats the first is taken where nothing tells
   * @throws LevinException when there is none
   */
  public Formats(List<CheckpointIO> formats) {
    if (formats.isEmpty()) {
      throw LevinException.environment(
          "No bundle reads checkpoints.", "Put levin-checkpoint-torch back into 'bundles'.");
    }
    this.formats = List.copyOf(formats);
  }

  /**
   * The format of what is there. One that is of none is refused by the likeliest, which says why.
   */
  public CheckpointIO of(Path path) {
    return recognized(path).or(() -> meant(path)).orElse(formats.get(0));
  }

  public Optional<CheckpointIO> recognized(Path path) {
    return formats.stream().filter(f -> Files.exists(path) && f.recognizes(path)).findFirst();
  }

  /** The format that a name asks for. */
  public Optional<CheckpointIO> meant(Path path) {
    return formats.stream()
        .filter(format -> format.suffixes().stream().anyMatch(path.toString()::endsWith))
        .findFirst();
  }

  /** The format of a given name. */
  public CheckpointIO named(String name) {
    return formats.stream()
        .filter(format -> format.format().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new MisconfigurationException(
                    "There is no format '%s'.".formatted(name),
                    "There are: %s."
                        .formatted(
                            String.join(
                                ", ", formats.stream().map(CheckpointIO::format).toList()))));
  }

  /** All checkpoints under a folder, files and folders alike, by their paths. */
  public List<Path> under(Path folder) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(folder, visitor(folder, found));
    } catch (IOException e) {
      throw LevinException.user(
          "'%s' is no folder that can be read.".formatted(folder), "Give a folder.");
    }
    return found.stream().sorted().toList();
  }

  private SimpleFileVisitor<Path> visitor(Path top, List<Path> found) {
    return new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        if (folder.toString().endsWith(".levin-tmp")) {
          return FileVisitResult.SKIP_SUBTREE;
        }
        boolean isOne = recognized(folder).isPresent();
        if (isOne) {
          found.add(folder);
        }
        return isOne ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
          throws IOException {
        if (file.equals(top)) {
          throw new IOException("no folder");
        }
        if (attributes.isRegularFile() && recognized(file).isPresent()) {
          found.add(file);
        }
        return FileVisitResult.CONTINUE;
      }
    };
  }
}
