package io.levin.callback.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptCheckpointsTest {
  private static final Path FOLDER = Path.of("/runs/checkpoints");

  private static KeptCheckpoints kept(String monitor, String mode, int most) {
    KeptCheckpoints kept = new KeptCheckpoints(monitor, mode.equals("min"), most);
    kept.folder(FOLDER);
    return kept;
  }

  private static boolean offer(KeptCheckpoints kept, long step, double score) {
    kept.current(score);
    boolean admitted = kept.admits(score, step);
    if (admitted) {
      kept.add(FOLDER.resolve(step + ".ckpt"), score, step);
    }
    return admitted;
  }

  @ParameterizedTest
  @ValueSource(strings = {"min", "max"})
  void withoutAMonitorTheNewestIsTheBestWhateverTheMode(String mode) {
    KeptCheckpoints kept = kept(null, mode, 1);
    for (int step = 1; step < 4; step++) {
      assertThat(offer(kept, step, 0)).isTrue();
      assertThat(kept.bestPath()).contains(FOLDER.resolve(step + ".ckpt"));
    }
    assertThat(kept.leaving()).contains(FOLDER.resolve("3.ckpt"));
    assertThat(kept.state())
        .containsEntry("best_k_models", Map.of())
        .containsEntry("kth_best_model_path", "")
        .containsEntry("best_model_score", null)
        .containsEntry("current_score", null)
        .containsEntry("best_model_path", "/runs/checkpoints/3.ckpt");
  }

  @Test
  void theStateHasLightningsKeys() {
    KeptCheckpoints kept = kept("loss", "min", 2);
    assertThat(kept.state()).containsEntry("kth_value", Double.POSITIVE_INFINITY);
    offer(kept, 1, 5);
    offer(kept, 2, 3);
    offer(kept, 3, 4);
    offer(kept, 4, Double.NaN);
    kept.last(FOLDER.resolve("last.ckpt"));
    assertThat(List.copyOf(kept.state().keySet()))
        .containsExactly(
            "monitor",
            "best_model_score",
            "best_model_path",
            "current_score",
            "dirpath",
            "best_k_models",
            "kth_best_model_path",
            "kth_value",
            "last_model_path");
    assertThat(kept.state())
        .containsEntry("best_model_score", 3.0)
        .containsEntry("best_model_path", "/runs/checkpoints/2.ckpt")
        .containsEntry("current_score", Double.POSITIVE_INFINITY)
        .containsEntry("kth_best_model_path", "/runs/checkpoints/3.ckpt")
        .containsEntry("kth_value", 4.0)
        .containsEntry("last_model_path", "/runs/checkpoints/last.ckpt")
        .containsEntry(
            "best_k_models",
            Map.of("/runs/checkpoints/2.ckpt", 3.0, "/runs/checkpoints/3.ckpt", 4.0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"min", "max"})
  void aFirstValueThatIsNoNumberGivesWay(String mode) {
    KeptCheckpoints kept = kept("loss", mode, 1);
    assertThat(offer(kept, 1, Double.NaN)).isTrue();
    assertThat(offer(kept, 2, 7)).isTrue();
    assertThat(offer(kept, 3, Double.NaN)).isFalse();
    assertThat(kept.bestScore()).contains(7.0);
  }

  @Test
  void inTheSameFolderAllIsTakenOver() {
    KeptCheckpoints first = kept("loss", "min", 2);
    offer(first, 1, 5);
    offer(first, 2, 3);
    first.last(FOLDER.resolve("last.ckpt"));
    KeptCheckpoints second = kept("loss", "min", 2);
    assertThat(second.restore(first.state())).isTrue();
    assertThat(second.bestScore()).contains(3.0);
    assertThat(second.newest()).isEqualTo(FOLDER.resolve("2.ckpt"));
    assertThat(second.lastPath()).contains(FOLDER.resolve("last.ckpt"));
    assertThat(offer(second, 3, 6)).isFalse();
    assertThat(second.leaving()).contains(FOLDER.resolve("1.ckpt"));
  }

  @Test
  void inAnotherFolderOnlyTheBestPathIs() {
    KeptCheckpoints first = kept("loss", "min", 1);
    offer(first, 1, 5);
    KeptCheckpoints second = new KeptCheckpoints("loss", true, 1);
    second.folder(Path.of("/elsewhere"));
    assertThat(second.restore(first.state())).isFalse();
    assertThat(second.bestPath()).contains(FOLDER.resolve("1.ckpt"));
    assertThat(second.leaving()).isEmpty();
    assertThat(offer(second, 2, 9)).isTrue();
    assertThat(second.bestPath()).contains(FOLDER.resolve("2.ckpt"));
  }

  @Test
  void withoutAMonitorTheFormerNewestGoesInTheSameFolder() {
    KeptCheckpoints first = kept(null, "min", 1);
    offer(first, 9, 0);
    KeptCheckpoints second = kept(null, "min", 1);
    second.restore(first.state());
    assertThat(second.leaving()).contains(FOLDER.resolve("9.ckpt"));
    assertThat(offer(second, 10, 0)).isTrue();
  }
}
