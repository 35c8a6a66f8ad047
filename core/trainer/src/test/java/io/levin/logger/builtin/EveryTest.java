package io.levin.logger.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EveryTest {
  @Test
  void isDueOncePerInterval() {
    AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    Every every = new Every(Duration.ofNanos(10), nanos::get);
    assertThat(every.due()).isFalse();
    nanos.addAndGet(10);
    assertThat(every.due()).isTrue();
    assertThat(every.due()).isFalse();
    nanos.addAndGet(9);
    assertThat(every.due()).isFalse();
    nanos.addAndGet(1);
    assertThat(every.due()).isTrue();
  }
}
