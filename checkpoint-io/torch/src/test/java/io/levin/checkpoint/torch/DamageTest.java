package io.levin.checkpoint.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levin.LevinException;
import io.levin.checkpoint.BadCheckpointException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that were damaged or made to harm: refused with one kind of failure, in bounded memory. */
class DamageTest {
  @TempDir private Path folder;
  private final TorchCheckpointIO io = new TorchCheckpointIO();

  @ParameterizedTest
  @ValueSource(strings = {"handmade-ok.pt", "state_dict-legacy.pt", "state_dict-proto5.pt"})
  void everyTruncationIsRefused(String name) throws IOException {
    byte[] whole = Files.readAllBytes(Golden.FOLDER.resolve(name));
    for (int length = 0; length < whole.length; length += Math.max(1, whole.length / 400)) {
      Path cut = folder.resolve("cut.pt");
      Files.write(cut, java.util.Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> io.verify(cut)).isInstanceOf(BadCheckpointException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"handmade-ok.pt", "views-legacy.pt", "lightning-1.9.5-adam-steplr.ckpt"})
  void flippedBitsNeverEndInAnythingButARefusal(String name) throws IOException {
    byte[] whole =
        Files.readAllBytes(
            Golden.FOLDER.resolve(name.replace("views-legacy", "state_dict-legacy")));
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      byte[] flipped = whole.clone();
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
      Path file = folder.resolve("flipped.pt");
      Files.write(file, flipped);
      try {
        io.verify(file);
      } catch (LevinException refused) {
        assertThat(refused.kind()).isEqualTo(LevinException.Kind.USER);
      }
    }
  }

  @Test
  void randomPicklesNeverEndInAnythingButARefusal() {
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      byte[] pickle = new byte[1 + random.nextInt(60)];
      random.nextBytes(pickle);
      try {
        read(pickle);
      } catch (BadCheckpointException refused) {
        assertThat(refused).hasMessageContaining("byte");
      }
    }
  }

  @Test
  void deepNestingIsRefused() {
    ByteArrayOutputStream lists = new ByteArrayOutputStream();
    lists.writeBytes("]".repeat(200_000).getBytes(StandardCharsets.US_ASCII));
    lists.writeBytes("a".repeat(199_999).getBytes(StandardCharsets.US_ASCII));
    lists.write('.');
    refused(lists.toByteArray(), "nested deeper");
    refused((")" + "\u0085".repeat(200_000) + ".").getBytes(StandardCharsets.ISO_8859_1), "deeper");
  }

  @Test
  void aSmallGraphThatUnfoldsToAHugeTreeIsRefused() {
    StringBuilder pickle = new StringBuilder("]q\u0000");
    for (int i = 0; i < 60; i++) {
      // a new list that holds the last one twice
      pickle.append("]q").append((char) (i + 1));
      pickle.append("h").append((char) i).append("ah").append((char) i).append('a');
    }
    refused(pickle.append('.').toString().getBytes(StandardCharsets.ISO_8859_1), "unfold");
  }

  @Test
  void tuplesThatUnfoldAreNoKeys() {
    StringBuilder pickle = new StringBuilder("}q\u0000Nq\u0001");
    for (int i = 1; i < 60; i++) {
      pickle.append("h").append((char) i).append("h").append((char) i).append("\u0086q");
      pickle.append((char) (i + 1));
    }
    refused(pickle.append("Ns.").toString().getBytes(StandardCharsets.ISO_8859_1), "key");
  }

  @Test
  void aListThatContainsItselfIsRefused() {
    refused("]q\u0000h\u0000a.".getBytes(StandardCharsets.ISO_8859_1), "contains itself");
  }

  private static void refused(byte[] pickle, String why) {
    assertThatThrownBy(() -> read(pickle))
        .isInstanceOf(BadCheckpointException.class)
        .hasMessageContaining(why);
  }

  private static void read(byte[] pickle) {
    new PickleReader(
            "test",
            ByteBuffer.wrap(pickle),
            id -> {
              throw new IllegalArgumentException("no storages here");
            })
        .read();
  }
}
