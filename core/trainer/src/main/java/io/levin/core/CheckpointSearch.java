package io.levin.core;

import io.levin.LevinException;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;

/** Finds the checkpoints under a folder, files and folders alike. */
final class CheckpointSearch extends SimpleFileVisitor<Path> {
  private static final int DEPTH = 5;

  private final Predicate<Path> isOne;
  private final List<Path> found = new ArrayList<>();

  private CheckpointSearch(Predicate<Path> isOne) {
    this.isOne = isOne;
  }

  /** By their paths; none where there is no such folder. */
  static List<Path> under(Path folder, Predicate<Path> isOne) {
    CheckpointSearch search = new CheckpointSearch(isOne);
    try {
      if (Files.isDirectory(folder)) {
        Files.walkFileTree(folder, EnumSet.noneOf(FileVisitOption.class), DEPTH, search);
      }
    } catch (IOException e) {
      throw LevinException.resource(
          "Cannot look for checkpoints in '%s'.".formatted(folder), "", e);
    }
    return search.found.stream().sorted().toList();
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
    if (folder.toString().endsWith(".levin-tmp")) {
      return FileVisitResult.SKIP_SUBTREE;
    }
    if (isOne.test(folder)) {
      found.add(folder);
      return FileVisitResult.SKIP_SUBTREE;
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (attributes.isRegularFile() && isOne.test(file)) {
      found.add(file);
    }
    return FileVisitResult.CONTINUE;
  }

  /** One that has gone meanwhile was not the newest. */
  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) {
    return FileVisitResult.CONTINUE;
  }
}
