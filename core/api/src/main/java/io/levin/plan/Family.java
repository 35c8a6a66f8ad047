package io.levin.plan;

/**
 * The five kinds of part that a plan is made of, in the order in which they are chosen: an offer
 * may look at the choices of the families before its own.
 */
public enum Family {
  ACCELERATOR("accelerator", "Accelerator"),
  CLUSTER_ENVIRONMENT("cluster-environment", "ClusterEnvironment"),
  STRATEGY("strategy", "Strategy"),
  PRECISION("precision", "PrecisionPlugin"),
  CHECKPOINT_IO("checkpoint-io", "CheckpointIO");

  private final String id;
  private final String type;

  Family(String id, String type) {
    this.id = id;
    this.type = type;
  }

  /** The name in service properties, manifests and files, for example {@code checkpoint-io}. */
  public String id() {
    return id;
  }

  /** The name of the interface of its plugins, for example {@code CheckpointIO}. */
  public String type() {
    return type;
  }
}
