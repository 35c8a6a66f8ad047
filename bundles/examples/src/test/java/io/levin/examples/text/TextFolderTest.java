package io.levin.examples.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levin.LevinException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFolderTest {
  @TempDir Path folder;

  @Test
  void linesBecomePiecesOfTheirFolder() throws IOException {
    put("ham/deep/1.txt", "one\n\ntwo\nthree\n");
    put("spam/1.txt", "four\none\n");
    put("spam/.hidden", "five");
    assertThat(new TextFolder(folder, 2).read())
        .containsExactly(
            new Piece("one\ntwo", "ham"),
            new Piece("three", "ham"),
            new Piece("four\none", "spam"));
  }

  @Test
  void equalPiecesAreKeptOnce() throws IOException {
    put("ham/1.txt", "same\nsame\n");
    put("spam/1.txt", "same\nother\n");
    assertThat(new TextFolder(folder, 1).read())
        .containsExactly(new Piece("same", "ham"), new Piece("other", "spam"));
  }

  @Test
  void aFolderWithoutFoldersIsToldTheLayout() throws IOException {
    put("1.txt", "text");
    refuses(folder, "has no folders", "one folder for each label");
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    put("1.txt", "text");
    refuses(folder.resolve("1.txt"), "is a file, not a folder", "DIR/spam/1.txt");
  }

  @Test
  void aLabelWithoutTextIsNamed() throws IOException {
    put("ham/1.txt", "text");
    put("spam/1.txt", "\n \n");
    refuses(folder, "spam' has no text", "DIR/spam/1.txt");
  }

  @Test
  void aFileThatIsNoTextIsNamed() throws IOException {
    put("ham/1.txt", "text");
    Path other = folder.resolve("spam/1.bin");
    Files.createDirectories(other.getParent());
    Files.writeString(other, "Grüße", ISO_8859_1);
    refuses(folder, "1.bin' is not a text in UTF-8", "iconv");
  }

  @Test
  void pairsOfWordsAreFeaturesToo() {
    assertThat(TextJob.words("To be!")).contains("to", "be", "to be");
  }

  private void put(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void refuses(Path folder, String message, String hint) {
    assertThatThrownBy(() -> new TextFolder(folder, 1).read())
        .isInstanceOfSatisfying(
            LevinException.class,
            e -> {
              assertThat(e).hasMessageContaining(message);
              assertThat(e.hint()).contains(hint);
            });
  }
}
