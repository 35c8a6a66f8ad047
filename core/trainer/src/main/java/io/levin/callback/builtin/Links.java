package io.levin.callback.builtin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A second name for a file, which costs no space and outlives the first name. */
final class Links {
  private Links() {}

  /**
   * Makes a path another name of a file, in place of what it was, in one step.
   *
   * @return false when this file system has no hard links
   */
  static boolean replace(Path link, Path file) {
    Path aside = link.resolveSibling("." + link.getFileName() + ".link.levin-tmp");
    try {
      Files.deleteIfExists(aside);
      Files.createLink(aside, file);
      Files.move(aside, link, StandardCopyOption.ATOMIC_MOVE);
      // Where both were one file already, the move has left the second name in place.
      Files.deleteIfExists(aside);
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
