package io.levin.callback.builtin;

import io.levin.MisconfigurationException;
import io.levin.arguments.Arguments;
import io.levin.arguments.TrainerArguments;
import io.levin.callback.Callback;
import java.util.ArrayList;
import java.util.List;

/** The callbacks that arguments ask for: those named, and those that every run has. */
public final class BuiltinCallbacks {
  private BuiltinCallbacks() {}

  /**
   * The callbacks to be added to those given: a progress report and a ModelCheckpoint, unless there
   * are, and those named. A trial run (fast-dev-run) keeps and stops nothing.
   *
   * @param given callbacks that the user has made already
   * @throws MisconfigurationException for an unknown callback or option, naming what there is
   */
  public static List<Callback> of(Arguments arguments, List<Callback> given) {
    boolean isTrial = arguments.get(TrainerArguments.FAST_DEV_RUN) > 0;
    List<Callback> made = new ArrayList<>();
    if (wantsReport(arguments, given)) {
      made.add(new ProgressReport(System.err, Terminal.columns(System.getenv())));
    }
    List<Callback> named =
        arguments.get(TrainerArguments.CALLBACKS).stream().map(NamedCallbacks::of).toList();
    boolean keeps =
        given.stream().anyMatch(Callback::keepsCheckpoints)
            || named.stream().anyMatch(Callback::keepsCheckpoints);
    boolean mayKeep = arguments.get(TrainerArguments.ENABLE_CHECKPOINTING);
    if (keeps && !mayKeep) {
      throw new MisconfigurationException(
          "enable-checkpointing is false, but a ModelCheckpoint is given.",
          "Leave one of the two out.");
    }
    named.stream().filter(callback -> !(isTrial && callback.keepsCheckpoints())).forEach(made::add);
    if (mayKeep && !keeps && !isTrial) {
      made.add(new ModelCheckpoint(ModelCheckpoint.Options.DEFAULTS));
    }
    return made;
  }

  private static boolean wantsReport(Arguments arguments, List<Callback> given) {
    long reports = given.stream().filter(ProgressReport.class::isInstance).count();
    boolean enabled = arguments.get(TrainerArguments.ENABLE_PROGRESS_BAR);
    if (reports > 1 || (reports == 1 && !enabled)) {
      throw new MisconfigurationException(
          reports > 1
              ? "Two progress reports are given, but a run shows one."
              : "enable-progress-bar is false, but a progress report is given.",
          "Leave one of the two out.");
    }
    return enabled && reports == 0;
  }
}
