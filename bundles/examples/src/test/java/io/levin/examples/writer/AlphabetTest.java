package io.levin.examples.writer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AlphabetTest {
  @Test
  void namesStandBetweenEnds() {
    Alphabet alphabet = Alphabet.of(List.of("Ba", "A"));
    assertThat(alphabet.characters()).isEqualTo("\nABa");
    assertThat(alphabet.numbers(List.of("Ba", "A"))).containsExactly(0, 2, 3, 0, 1, 0);
  }

  @Test
  void everyWindowHasACharacterThatFollows() {
    assertThat(new Windows(new long[9], 4).size()).isEqualTo(2);
    assertThat(new Windows(new long[8], 4).size()).isEqualTo(1);
  }
}
