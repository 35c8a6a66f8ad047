package io.levin.examples.text;

import io.levin.LevinException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A folder with one folder of text files, UTF-8, for each label. Hidden files are left out. */
final class TextFolder {
  private static final String LAYOUT =
      "Make one folder for each label, with text files in it:"
          + " DIR/spam/1.txt, DIR/spam/2.txt, DIR/ham/1.txt.";

  private final Path folder;
  private final int lines;

  /**
   * @param lines lines, not counting blank ones, that make a piece
   */
  TextFolder(Path folder, int lines) {
    this.folder = folder;
    this.lines = lines;
  }

  /** Every different piece once: were it kept twice, one could be learned and the other asked. */
  List<Piece> read() {
    if (!Files.isDirectory(folder)) {
      String problem = Files.exists(folder) ? "is a file, not a folder" : "does not exist";
      throw LevinException.user("'%s' %s.".formatted(folder, problem), LAYOUT);
    }
    try {
      List<Path> labels = children(folder).stream().filter(Files::isDirectory).toList();
      if (labels.size() < 2) {
        throw LevinException.user(
            "'%s' has %s, but labels are its folders and there must be two at least."
                .formatted(folder, labels.isEmpty() ? "no folders" : "only one folder"),
            LAYOUT);
      }
      Map<String, Piece> pieces = new LinkedHashMap<>();
      for (Path label : labels) {
        read(label).forEach(piece -> pieces.putIfAbsent(piece.text(), piece));
      }
      return List.copyOf(pieces.values());
    } catch (IOException e) {
      throw LevinException.resource(
          "Cannot read '%s': %s.".formatted(folder, e), "Look at its permissions.", e);
    }
  }

  private List<Piece> read(Path label) throws IOException {
    List<Piece> pieces = new ArrayList<>();
    for (Path file : files(label)) {
      List<String> kept = lines(file);
      for (int start = 0; start < kept.size(); start += lines) {
        List<String> some = kept.subList(start, Math.min(start + lines, kept.size()));
        pieces.add(new Piece(String.join("\n", some), label.getFileName().toString()));
      }
    }
    if (pieces.isEmpty()) {
      throw LevinException.user(
          "'%s' has no text: there is nothing to learn this label from.".formatted(label), LAYOUT);
    }
    return pieces;
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
    } catch (CharacterCodingException e) {
      throw LevinException.user(
          "'%s' is not a text in UTF-8.".formatted(file),
          "Take it out of the folder, or convert it: iconv -f LATIN1 -t UTF-8 FILE");
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path child : children(folder)) {
      if (Files.isDirectory(child)) {
        files.addAll(files(child));
      } else {
        files.add(child);
      }
    }
    return files;
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(child -> !child.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }
}
