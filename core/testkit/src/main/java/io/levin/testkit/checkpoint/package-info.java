/**
 * What every {@link io.levin.checkpoint.CheckpointIO} keeps to, as tests to inherit: {@link
 * io.levin.testkit.checkpoint.CheckpointIOContract} for one that saves and loads, {@link
 * io.levin.testkit.checkpoint.CheckpointReadContract} for files that others wrote.
 *
 * <pre>{@code
 * class HerdCheckpointIOContractTest extends CheckpointIOContract {
 *   protected CheckpointIO checkpointIO() {
 *     return new HerdCheckpointIO();
 *   }
 *
 *   protected Set<Value> cannotKeep() {
 *     return EnumSet.of(Value.OPAQUE_OBJECTS);
 *   }
 * }
 * }</pre>
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.testkit.checkpoint;
