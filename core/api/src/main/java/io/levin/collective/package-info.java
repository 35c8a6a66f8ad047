/**
 * Collective operations over the processes of a run: what every rank calls together, and all ranks
 * get the result of.
 *
 * <p>{@link io.levin.collective.ProcessGroups} is a service. It makes a {@link
 * io.levin.collective.ProcessGroup} of this process and its peers, who say where they meet in a
 * {@link io.levin.collective.Rendezvous}.
 *
 * <pre>{@code
 * Rendezvous where = Rendezvous.of("10.0.0.1", 12910, rank, 4);
 * try (ProcessGroup group = groups.join(where)) {
 *   group.broadcast(parameters, 0);
 *   group.allReduce(gradients, Reduction.MEAN);
 * }
 * }</pre>
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.collective;
