package io.levin.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ClausesTest {
  @Test
  void commasInQuotesDoNotSeparate() {
    assertThat(Clauses.parse("a.b;version=\"1.2\";uses:=\"c,d\", e;f;version=3"))
        .isEqualTo(
            Map.of(
                "a.b", Map.of("version", "1.2", "uses:", "c,d"),
                "e", Map.of("version", "3"),
                "f", Map.of("version", "3")));
  }

  @Test
  void noHeaderHasNoClauses() {
    assertThat(Clauses.parse(null)).isEmpty();
  }
}
