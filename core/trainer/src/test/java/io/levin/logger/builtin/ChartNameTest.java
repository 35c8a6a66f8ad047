package io.levin.logger.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartNameTest {
  @ParameterizedTest
  @CsvSource({
    "train_loss, loss",
    "val_loss, loss",
    "val/loss, loss",
    "train_loss_step, loss",
    "train_loss_epoch, loss",
    "loss, loss",
    "val_loss/dataloader_idx_1, loss",
    "valid.acc, acc",
    "test_top_5, top_5",
    "lr, lr",
    "lr-Adam, lr",
    "lr-Adam/pg1, lr",
    "learning_rate, lr",
    "lrmse, lrmse",
    "train_, train_",
    "training, training",
    "value, value",
    "_step, _step",
  })
  void metricsOfOneQuantityShareAChart(String metric, String chart) {
    assertThat(ChartName.of(metric)).isEqualTo(chart);
  }
}
