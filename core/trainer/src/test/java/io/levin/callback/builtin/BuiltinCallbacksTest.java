package io.levin.callback.builtin;

import static io.levin.arguments.TrainerArguments.CALLBACKS;
import static io.levin.arguments.TrainerArguments.ENABLE_CHECKPOINTING;
import static io.levin.arguments.TrainerArguments.ENABLE_PROGRESS_BAR;
import static io.levin.arguments.TrainerArguments.FAST_DEV_RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levin.LevinException;
import io.levin.MisconfigurationException;
import io.levin.arguments.Arguments;
import io.levin.callback.Callback;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuiltinCallbacksTest {
  private static List<Callback> of(String... named) {
    return BuiltinCallbacks.of(
        Arguments.none().with(ENABLE_PROGRESS_BAR, false).with(CALLBACKS, List.of(named)),
        List.of());
  }

  @Test
  void aRunKeepsItsNewestCheckpoint() {
    assertThat(of()).singleElement().isInstanceOf(ModelCheckpoint.class);
  }

  @Test
  void namedCallbacksAreMadeWithTheirOptions() {
    List<Callback> made =
        of(
            "early-stopping:monitor=val_loss;patience=7",
            "model-checkpoint:monitor=val_acc;mode=max;save_top_k=3;save_last=true");
    assertThat(made).hasSize(2);
    assertThat(made.get(0).stateDict()).containsEntry("patience", 7);
    assertThat(((ModelCheckpoint) made.get(1)).options().saveTopK()).isEqualTo(3);
  }

  @Test
  void whatIsUnknownIsCorrected() {
    refused("early-stoping:monitor=a", "early-stoping", "early-stopping");
    refused("early-stopping:monitr=a", "monitr", "monitor");
    refused("early-stopping", "nothing to monitor", "");
    refused("early-stopping:monitor=a;patience=x;mode=max", "whole number", "");
    refused("model-checkpoint:filename={epoch:zz}", "zz", "");
    refused("learning-rate-monitor:logging_interval=day", "day", "epoch");
    refused("device-stats:every=3", "none", "");
    refused("model-checkpoint:save_top_k=-2;monitor=a", "save_top_k", "");
    refused("model-checkpoint:mode=best", "mode", "");
    refused("early-stopping:monitor=a;patienc=3", "patienc", "patience");
    refused("early-stopping:monitor=a;patience=x", "whole number", "");
    refused("model-checkpoint:save_top_k=3", "monitor", "");
    refused("model-checkpoint:every_n_epochs=1;every_n_train_steps=2", "exclude", "");
  }

  private static void refused(String callback, String message, String hint) {
    assertThatThrownBy(() -> of(callback))
        .isInstanceOf(MisconfigurationException.class)
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(((LevinException) e).hint()).contains(hint));
  }

  @Test
  void dashesInOptionsAreUnderscores() {
    ModelCheckpoint made = (ModelCheckpoint) of("model-checkpoint:save-last=true").get(0);
    assertThat(made.options().saveLast()).isTrue();
  }

  @Test
  void everyEpochUnlessSomethingElseSaysWhen() {
    assertThat(every("model-checkpoint")).containsExactly(0, 1);
    assertThat(every("model-checkpoint:every_n_train_steps=5")).containsExactly(5, 0);
    assertThat(every("model-checkpoint:every_n_epochs=0")).containsExactly(0, 0);
    assertThat(every("model-checkpoint:train_time_interval_minutes=2")).containsExactly(0, 0);
  }

  private static List<Integer> every(String callback) {
    ModelCheckpoint.Options options = ((ModelCheckpoint) of(callback).get(0)).options();
    return List.of(options.everyNTrainSteps(), options.everyNEpochs());
  }

  @Test
  void whatIsGivenReplacesTheStandard() {
    ModelCheckpoint mine = new ModelCheckpoint(ModelCheckpoint.Options.DEFAULTS);
    ProgressReport report = new ProgressReport(System.err, 0);
    assertThat(BuiltinCallbacks.of(Arguments.none(), List.of(mine, report))).isEmpty();
    assertThat(BuiltinCallbacks.of(Arguments.none(), List.of()))
        .hasExactlyElementsOfTypes(ProgressReport.class, ModelCheckpoint.class);
    assertThatThrownBy(
            () ->
                BuiltinCallbacks.of(
                    Arguments.none().with(ENABLE_PROGRESS_BAR, false), List.of(report)))
        .hasMessageContaining("enable-progress-bar");
    assertThatThrownBy(() -> BuiltinCallbacks.of(Arguments.none(), List.of(report, report)))
        .hasMessageContaining("Two progress reports");
  }

  @Test
  void aTrialRunKeepsNothing() {
    Arguments trial = Arguments.none().with(ENABLE_PROGRESS_BAR, false).with(FAST_DEV_RUN, 1);
    assertThat(BuiltinCallbacks.of(trial, List.of())).isEmpty();
  }

  @Test
  void keepingAndNotKeepingIsAConflict() {
    Arguments arguments =
        Arguments.none()
            .with(ENABLE_CHECKPOINTING, false)
            .with(CALLBACKS, List.of("model-checkpoint"));
    assertThatThrownBy(() -> BuiltinCallbacks.of(arguments, List.of()))
        .hasMessageContaining("enable-checkpointing");
  }
}
