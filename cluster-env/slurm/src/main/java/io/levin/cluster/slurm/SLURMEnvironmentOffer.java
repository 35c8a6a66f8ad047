package io.levin.cluster.slurm;

import io.levin.MisconfigurationException;
import io.levin.cluster.ClusterEnvironment;
import io.levin.cluster.ClusterEnvironmentOffer;
import io.levin.cluster.Detection;
import io.levin.cluster.Variables;
import io.levin.plan.Offer;
import io.levin.plan.Specificity;
import io.levin.plan.Surroundings;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Component;

/** Offers the environment of SLURM jobs. */
@Component(service = Offer.class)
public final class SLURMEnvironmentOffer extends ClusterEnvironmentOffer {
  private static final String AUTO_REQUEUE = "auto-requeue";
  private static final String REQUEUE_SIGNAL = "requeue-signal";
  private static final Set<String> SIGNALS =
      new TreeSet<>(Set.of("SIGUSR1", "SIGUSR2", "SIGHUP", "SIGTERM", "SIGINT"));

  @Override
  public String name() {
    return "SLURMEnvironment";
  }

  @Override
  public Set<String> options() {
    return Set.of(AUTO_REQUEUE, REQUEUE_SIGNAL);
  }

  @Override
  public int specificity() {
    return Specificity.PARTICULAR + 50;
  }

  @Override
  public Detection detect(Surroundings surroundings) {
    Detection tasks = Detection.byVariables(surroundings, "SLURM_NTASKS");
    boolean shell = new SLURMJob(new Variables(surroundings.environment(), "")).isInteractive();
    return tasks.found() && shell
        ? Detection.absent("this is an interactive SLURM shell, in which SLURM starts no processes")
        : tasks;
  }

  @Override
  public ClusterEnvironment environment(Surroundings surroundings, Map<String, String> options) {
    String signal = options.getOrDefault(REQUEUE_SIGNAL, "SIGUSR1").toUpperCase(Locale.ROOT);
    if (!SIGNALS.contains(signal)) {
      throw wrong(REQUEUE_SIGNAL, signal, "one of " + String.join(", ", SIGNALS));
    }
    String requeue = options.getOrDefault(AUTO_REQUEUE, "true");
    if (!requeue.equals("true") && !requeue.equals("false")) {
      throw wrong(AUTO_REQUEUE, requeue, "true or false");
    }
    return new SLURMEnvironment(
        surroundings.environment(),
        requeue.equals("true") ? Optional.of(signal) : Optional.empty());
  }

  private static MisconfigurationException wrong(String option, String value, String expected) {
    return new MisconfigurationException(
        "The option %s of SLURMEnvironment is '%s'.".formatted(option, Variables.shown(value)),
        "Give %s.".formatted(expected));
  }
}
