package io.levin.cli;

import io.levin.checkpoint.CheckpointIO;
import io.levin.collective.ProcessGroups;
import io.levin.core.planner.Offered;
import io.levin.job.Job;
import io.levin.launcher.PluginFolder;
import io.levin.trainer.Trainers;
import java.util.List;
import java.util.Optional;

/** What the bundles present have registered, as of now. */
interface Services {
  /**
   * An installed bundle.
   *
   * @param file name of its jar
   * @param origin {@code core} for what the distribution brings, {@code plugin} for what was added
   * @param jar where its jar is; an empty text for the framework itself
   */
  record Installed(
      String name,
      String version,
      String state,
      int level,
      String file,
      String origin,
      String jar) {}

  List<Offered> offers();

  /** Jobs by name. */
  List<Job> jobs();

  /**
   * The maker of Trainers.
   *
   * @throws io.levin.LevinException when no bundle registered one
   */
  Trainers trainers();

  /** The formats of checkpoints. */
  List<CheckpointIO> formats();

  /** What brings several processes together. */
  default List<ProcessGroups> processGroups() {
    return List.of();
  }

  List<Installed> bundles();

  /** The folder of plugins, where there is one. */
  Optional<PluginFolder> plugins();

  /** Names of the settings files that a bundle's components read. */
  List<String> settings(String bundle);

  /** A sentence for everything that a bundle wanted to register and could not. */
  List<String> troubles();
}
