package io.levin.plan;

import io.levin.arguments.Argument;
import io.levin.arguments.TrainerArguments;
import java.util.Optional;

/**
 * The five kinds of part that a plan is made of, in the order in which they are chosen: an offer
 * may look at the choices of the families before its own.
 */
public enum Family {
  ACCELERATOR("accelerator", "Accelerator", TrainerArguments.ACCELERATOR),
  CLUSTER_ENVIRONMENT("cluster-environment", "ClusterEnvironment", null),
  STRATEGY("strategy", "Strategy", TrainerArguments.STRATEGY),
  PRECISION("precision", "PrecisionPlugin", TrainerArguments.PRECISION),
  CHECKPOINT_IO("checkpoint-io", "CheckpointIO", null);

  private final String id;
  private final String type;
  private final Argument<String> argument;

  Family(String id, String type, Argument<String> argument) {
    this.id = id;
    this.type = type;
    this.argument = argument;
  }

  /** The name in service properties, manifests and files, for example {@code checkpoint-io}. */
  public String id() {
    return id;
  }

  /** The name of the interface of its plugins, for example {@code CheckpointIO}. */
  public String type() {
    return type;
  }

  /** The argument whose words choose among the family's offers; empty when only names do. */
  public Optional<Argument<String>> argument() {
    return Optional.ofNullable(argument);
  }
}
