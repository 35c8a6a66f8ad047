package io.levin.testkit.checkpoint;

import static io.levin.testkit.LevinAssertions.assertThat;
import static io.levin.testkit.LevinAssertions.assertThatRefused;
import static io.levin.testkit.LevinAssertions.fail;

import io.levin.LevinException;
import io.levin.checkpoint.BadCheckpointException;
import io.levin.checkpoint.CheckpointIO;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes the files of a checkpoint, and looks at what reading then says. */
final class Damage {
  private static final int TRUNCATIONS = 60;
  private static final int FLIPS = 200;

  private final CheckpointIO io;
  private final Path checkpoint;
  private final String contents;

  Damage(CheckpointIO io, Path checkpoint) {
    this.io = io;
    this.checkpoint = checkpoint;
    this.contents = Probing.contents(io, checkpoint);
  }

  /** Names, sizes, times and sums of all files. */
  static List<String> digests(Path folder) throws IOException {
    List<String> digests = new ArrayList<>();
    for (Path file : Probing.files(folder)) {
      digests.add(
          "%s %s %08x"
              .formatted(
                  file,
                  Files.getLastModifiedTime(file),
                  Arrays.hashCode(Files.readAllBytes(file))));
    }
    return digests;
  }

  void truncations() throws IOException {
    for (Path file : Probing.files(checkpoint)) {
      byte[] whole = Files.readAllBytes(file);
      for (int length = 0; length < whole.length; length += 1 + whole.length / TRUNCATIONS) {
        Files.write(file, Arrays.copyOf(whole, length));
        assertThatRefused(() -> io.verify(checkpoint))
            .as("%s cut to %d of %d bytes", file.getFileName(), length, whole.length)
            .isInstanceOf(BadCheckpointException.class)
            .isToldToTheUser(checkpoint.getFileName());
      }
      Files.write(file, whole);
    }
    io.verify(checkpoint);
  }

  /**
   * @param areFound whether verify must find whatever changes what is read
   */
  void flips(boolean areFound) throws IOException {
    Random random = new Random(17);
    int unnoticed = 0;
    for (Path file : Probing.files(checkpoint)) {
      byte[] whole = Files.readAllBytes(file);
      for (int i = 0; i < FLIPS; i++) {
        byte[] flipped = whole.clone();
        int at = random.nextInt(flipped.length);
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, flipped);
        if (!isRefused("byte %d of %s flipped".formatted(at, file.getFileName()))) {
          String now = Probing.contents(io, checkpoint);
          unnoticed += now.equals(contents) ? 0 : 1;
          if (areFound) {
            assertThat(now).as("byte %d of %s", at, file.getFileName()).isEqualTo(contents);
          }
        }
      }
      Files.write(file, whole);
    }
    if (!areFound) {
      // Otherwise it has checksums, and should say so.
      assertThat(unnoticed).as("flipped bits that nobody noticed").isPositive();
    }
  }

  void largeNumbers() throws IOException {
    byte[][] numbers = {
      {-1, -1, -1, -1, -1, -1, -1, 127}, {-1, -1, -1, 127}, {-1, -1, -1, -1}, {'9', '9', '9', '9'}
    };
    for (Path file : Probing.files(checkpoint)) {
      byte[] whole = Files.readAllBytes(file);
      for (int at = 0; at < whole.length; at += 1 + whole.length / FLIPS) {
        byte[] number = numbers[at % numbers.length];
        byte[] changed = whole.clone();
        System.arraycopy(number, 0, changed, at, Math.min(number.length, changed.length - at));
        Files.write(file, changed);
        String what = "a large number at byte %d of %s".formatted(at, file.getFileName());
        Probing.inBoundedMemory(
            () -> {
              if (!isRefused(what)) {
                Probing.contents(io, checkpoint);
              }
            });
      }
      Files.write(file, whole);
    }
  }

  private boolean isRefused(String what) {
    try {
      io.verify(checkpoint);
      Probing.contents(io, checkpoint);
      return false;
    } catch (LevinException refused) {
      return true;
    } catch (RuntimeException | Error e) {
      return fail("%s: it ended in %s instead of a refusal".formatted(what, e), e);
    }
  }
}
