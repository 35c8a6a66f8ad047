package io.levin.data.loading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplerTest {
  @ParameterizedTest
  @CsvSource({"96,2,8", "37,2,8", "37,3,8", "9,2,4", "3,4,2", "16,4,4"})
  void ranksTakeTurnsAndHaveAsManyBatches(int size, int ranks, int batchSize) {
    List<Sampler> samplers = samplers(size, ranks);
    int batches = (samplers.get(0).size() + batchSize - 1) / batchSize;
    List<Long> counted = new ArrayList<>();
    for (int batch = 0; batch < batches; batch++) {
      for (Sampler sampler : samplers) {
        long[] all = sampler.batch(batch, batchSize);
        long[] own = sampler.ownBatch(batch, batchSize);
        int rows = sampler.ownRows(batch, batchSize);
        assertThat(all).hasSameSizeAs(samplers.get(0).batch(batch, batchSize));
        assertThat(own).hasSize(Math.max(1, rows));
        LongStream.of(own).limit(rows).forEach(counted::add);
      }
    }
    // Every sample counts once in an evaluation
    assertThat(counted)
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, size).boxed().toList());
  }

  @Test
  void theRanksOfABatchHaveTheSamplesOfOneProcess() {
    Sampler one = new Sampler(40, true, 5, 2, 0, 1);
    for (int batch = 0; batch < 5; batch++) {
      List<Long> together = new ArrayList<>();
      for (int rank = 0; rank < 2; rank++) {
        LongStream.of(new Sampler(40, true, 5, 2, rank, 2).batch(batch, 4)).forEach(together::add);
      }
      assertThat(together)
          .containsExactlyInAnyOrderElementsOf(LongStream.of(one.batch(batch, 8)).boxed().toList());
    }
  }

  private static List<Sampler> samplers(int size, int ranks) {
    List<Sampler> samplers = new ArrayList<>();
    for (int rank = 0; rank < ranks; rank++) {
      samplers.add(new Sampler(size, false, 0, 0, rank, ranks));
    }
    return samplers;
  }
}
