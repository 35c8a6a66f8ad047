package io.levin.examples.classify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfusionTest {
  private final Confusion confusion = new Confusion(List.of("cat", "crocodile"));

  @Test
  void countsWhatWasSaidOfWhatIs() {
    add(0, 0, 1);
    add(1, 1, 2);
    add(1, 0, 1);
    assertThat(confusion.total(1)).isEqualTo(3);
    assertThat(confusion.accuracy()).isEqualTo(0.75);
    assertThat(confusion.share(1)).isEqualTo(0.75);
  }

  @Test
  void theTableIsAlignedWithTheLargestClassFirst() {
    add(0, 1, 2);
    add(1, 1, 12345);
    assertThat(printed().lines())
        .containsExactly(
            "    is \\ said      1      2  |    all  right",
            " 1  crocodile  12345      ·  |  12345  100.0 %",
            " 2  cat            2      ·  |      2  0.0 %");
  }

  @Test
  void aClassThatDidNotComeHasNoShare() {
    add(0, 0, 1);
    assertThat(printed()).containsPattern("crocodile .* 0 +-\n");
  }

  @Test
  void smallClassesAreCountedOnly() {
    Confusion many = new Confusion(IntStream.range(0, 15).mapToObj(i -> "c" + i).toList());
    many.add(14, 0);
    assertThat(printed(many)).contains(" 1  c14 ").endsWith("and 3 smaller classes\n");
  }

  private void add(int is, int said, int times) {
    for (int i = 0; i < times; i++) {
      confusion.add(is, said);
    }
  }

  private String printed() {
    return printed(confusion);
  }

  private static String printed(Confusion confusion) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    confusion.print(new PrintStream(bytes, true, UTF_8));
    return bytes.toString(UTF_8);
  }
}
