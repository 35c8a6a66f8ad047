/**
 * What every {@link io.levin.cluster.ClusterEnvironment} keeps to, as tests to inherit.
 *
 * <pre>{@code
 * class HerdEnvironmentContractTest extends ClusterEnvironmentContract {
 *   protected ClusterEnvironmentOffer offer() {
 *     return new HerdEnvironmentOffer();
 *   }
 *
 *   protected Surroundings process(Place place) {
 *     return Surroundings.of(
 *         Map.of(
 *             "HERD_SIZE", "" + place.size(), "HERD_RANK", "" + place.globalRank(),
 *             "HERD_SLOT", "" + place.localRank(), "HERD_MACHINE", "" + place.nodeRank(),
 *             "HERD_LEAD", "farm0"),
 *         "farm" + place.nodeRank(),
 *         Hardware.here());
 *   }
 * }
 * }</pre>
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.testkit.cluster;
