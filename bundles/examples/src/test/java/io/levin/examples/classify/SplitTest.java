package io.levin.examples.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levin.LevinException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {
  private final List<String> names =
      IntStream.range(0, 5000).mapToObj(i -> "Name" + i + "Factory").toList();

  @Test
  void aTenthIsHeldOutAndNothingIsLostOrOnBothSides() {
    Split<String> split = Split.of(names, Function.identity(), "names");
    assertThat(split.heldOut()).hasSizeBetween(400, 600);
    assertThat(split.train()).doesNotContainAnyElementsOf(split.heldOut());
    assertThat(split.train().size() + split.heldOut().size()).isEqualTo(names.size());
  }

  @Test
  void whereANameIsDoesNotDependOnTheOthers() {
    List<String> turned = new ArrayList<>(names.subList(1000, 3000));
    Collections.reverse(turned);
    assertThat(Split.of(names, Function.identity(), "names").heldOut())
        .containsAll(Split.of(turned, Function.identity(), "names").heldOut());
  }

  @Test
  void tooFewAreRefused() {
    assertThatThrownBy(() -> Split.of(List.of("one"), Function.identity(), "lines"))
        .isInstanceOf(LevinException.class)
        .hasMessageStartingWith("1 lines are too few");
  }
}
