package io.levin.job;

import io.levin.arguments.Arguments;
import io.levin.data.DataModule;
import io.levin.module.LevinModule;
import io.levin.trainer.FitResult;
import io.levin.trainer.Trainer;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/** Something that {@code levin fit NAME} can train; registered as an OSGi service of this type. */
@ConsumerType
public interface Job {
  /** Lower case with dashes, for example {@code class-names}. */
  String name();

  /** One line for a list of jobs. */
  String description();

  /** Options of its own, shown by {@code levin fit NAME --help}. */
  default List<JobOption> options() {
    return List.of();
  }

  /** Arguments it wants when the user gives no others, for example {@code max-epochs}. */
  default Arguments defaults() {
    return Arguments.none();
  }

  /**
   * Reads its data and makes the model. Called before the engine is needed.
   *
   * @param options by name, defaults filled in
   * @throws io.levin.LevinException naming the option or file that is wrong
   */
  Task prepare(Map<String, String> options);

  /** A model, its data, and what to show when it has been trained. */
  interface Task {
    LevinModule module();

    DataModule data();

    /** Prints what a person would want to see after a fit. */
    default void report(Trainer trainer, FitResult result, PrintStream out) {}
  }
}
