/**
 * How a process learns which of how many processes it is, and where they meet: the extension point
 * for schedulers and launchers.
 *
 * <h2>Writing one</h2>
 *
 * <p>Say your site's scheduler is called Herd. It starts every process of a job, and tells each of
 * them about the others in {@code HERD_SIZE}, {@code HERD_RANK}, {@code HERD_SLOT} (the rank among
 * the processes of one machine), {@code HERD_MACHINE} and {@code HERD_LEAD} (where rank 0 runs).
 * Two classes in a bundle of their own make Levin understand it.
 *
 * <p>First the environment. It reads nothing but the map it is given, through {@link
 * io.levin.cluster.Variables}: missing and malformed variables then come out by name, all of them
 * in one report, and you need no code for it.
 *
 * <pre>{@code
 * public final class HerdEnvironment implements ClusterEnvironment {
 *   private final Variables variables;
 *
 *   public HerdEnvironment(Map<String, String> environment) {
 *     this.variables = new Variables(environment, "Start the processes with 'herd drive'.");
 *   }
 *
 *   public boolean createsProcessesExternally() { return true; }
 *   public String mainAddress()                 { return variables.address("HERD_LEAD"); }
 *   public int mainPort()                       { return variables.port("HERD_PORT").orElse(12910); }
 *   public int worldSize()                      { return variables.count("HERD_SIZE"); }
 *   public int globalRank()                     { return variables.number("HERD_RANK"); }
 *   public int localRank()                      { return variables.number("HERD_SLOT"); }
 *   public int nodeRank()                       { return variables.number("HERD_MACHINE"); }
 * }
 * }</pre>
 *
 * <p>Every process of the job must give the same address, port and world size; no two the same
 * global rank.
 *
 * <p>Then the offer, a Declarative Services component, which says when Herd is there. Its
 * specificity decides when several launchers have left their variables, as when torchrun is started
 * by a scheduler: the inner launcher must have the higher one.
 *
 * <pre>{@code
 * @Component(service = Offer.class)
 * public final class HerdEnvironmentOffer extends ClusterEnvironmentOffer {
 *   public String name()       { return "HerdEnvironment"; }
 *   public int specificity()   { return Specificity.PARTICULAR + 45; } // inside LSF, around torchrun
 *
 *   public Detection detect(Surroundings surroundings) {
 *     return Detection.byVariables(surroundings, "HERD_SIZE");
 *   }
 *
 *   public ClusterEnvironment environment(Surroundings surroundings, Map<String, String> options) {
 *     return new HerdEnvironment(surroundings.environment());
 *   }
 * }
 * }</pre>
 *
 * <p>Drop the bundle in, and {@code levin env} run in a job shows what it makes of it. Override
 * {@link io.levin.cluster.ClusterEnvironment#validateSettings} where the scheduler's word on the
 * number of processes can contradict the user's, and implement {@link
 * io.levin.cluster.AssignsRanks} only where nobody tells the processes their ranks.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.levin.cluster;
