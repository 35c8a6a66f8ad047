package io.levin.cli;

import io.levin.checkpoint.CheckpointIO;
import io.levin.core.planner.Offered;
import io.levin.job.Job;
import io.levin.trainer.Trainers;
import java.util.List;

/** What the bundles present have registered, as of now. */
interface Services {
  /** An installed bundle. */
  record Installed(String name, String version, String state, int level, String file) {}

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

  List<Installed> bundles();

  /** A sentence for everything that a bundle wanted to register and could not. */
  List<String> troubles();
}
