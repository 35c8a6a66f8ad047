package io.levin.cluster;

import io.levin.arguments.PluginReference;
import io.levin.arguments.TrainerArguments;
import io.levin.plan.Answer;
import io.levin.plan.Conflict;
import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.plan.Settings;
import io.levin.plan.Surroundings;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An {@link Offer} of a cluster environment, with what all of them have in common.
 *
 * <p>An environment that the user named must be able to answer, or the request is refused. One that
 * was only recognised may be half there, as in a shell inside a job: what it lacks stands only
 * against a run of several processes.
 */
@ConsumerType
public abstract class ClusterEnvironmentOffer implements Offer<ClusterEnvironment> {
  @Override
  public final Family family() {
    return Family.CLUSTER_ENVIRONMENT;
  }

  /** How close the launcher is to the process: the higher, the further inside the others. */
  public abstract int specificity();

  /** Whether this launcher started the process. Never throws. */
  public abstract Detection detect(Surroundings surroundings);

  /**
   * The environment, whether or not it is detected; what it lacks are its problems.
   *
   * @param options what the user wrote behind the name in {@code plugins}
   * @throws io.levin.LevinException when an option is wrong
   */
  public abstract ClusterEnvironment environment(
      Surroundings surroundings, Map<String, String> options);

  @Override
  public final Answer answer(Request request) {
    boolean named = request.named(this).isPresent();
    Detection detection = detect(request.surroundings());
    if (!named && !detection.found()) {
      return Answer.notConcerned(detection.why());
    }
    ClusterEnvironment environment = environment(request);
    Answer.Fits fits =
        Answer.fits(specificity(), named ? "you named it" : detection.why())
            .with(Settings.EXTERNAL, environment.createsProcessesExternally());
    List<Problem> problems = environment.problems();
    if (named && !problems.isEmpty()) {
      return Answer.refuses(
              problems.stream()
                  .map(p -> new Conflict(List.of(p.variable()), p.message(), p.hint()))
                  .toArray(Conflict[]::new))
          .assuming(fits);
    }
    return problems.isEmpty()
        ? judged(environment, request, fits)
        : fits.with(Settings.WRONG_TASKS, together(problems));
  }

  @Override
  public final ClusterEnvironment create(Creation creation) {
    return environment(creation.request());
  }

  private ClusterEnvironment environment(Request request) {
    return environment(
        request.surroundings(), request.named(this).map(PluginReference::options).orElse(Map.of()));
  }

  private static Answer judged(
      ClusterEnvironment environment, Request request, Answer.Fits unjudged) {
    int devices = request.parallelDevices();
    int nodes = request.arguments().get(TrainerArguments.NUM_NODES);
    Answer.Fits fits = unjudged;
    for (String warning : environment.warnings(devices, nodes)) {
      fits = fits.warning(warning);
    }
    List<Problem> problems = environment.validateSettings(devices, nodes);
    return problems.isEmpty() ? fits : fits.with(Settings.WRONG_TASKS, together(problems));
  }

  private static Conflict together(List<Problem> problems) {
    return new Conflict(
        problems.stream().map(Problem::variable).distinct().toList(),
        problems.stream().map(Problem::message).collect(Collectors.joining(" ")),
        problems.stream().map(Problem::hint).distinct().collect(Collectors.joining(" ")));
  }
}
