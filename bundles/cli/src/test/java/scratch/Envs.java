package scratch;

import io.levin.arguments.*;
import io.levin.core.planner.Offered;
import io.levin.plan.*;
import java.util.*;

public class Envs {
  record Env(String name, int spec, List<String> need, boolean ext, String tasks)
      implements Offer<Object> {
    public Family family() {
      return Family.CLUSTER_ENVIRONMENT;
    }

    public Object create(Creation c) {
      return null;
    }

    public Answer answer(Request r) {
      var env = r.surroundings().environment();
      boolean named = r.named(this).isPresent();
      if (!named && r.named(Family.CLUSTER_ENVIRONMENT).isPresent())
        return Answer.notConcerned("x");
      if (name.equals("LightningEnvironment"))
        return Answer.fits(0, "always").with(Settings.EXTERNAL, env.containsKey("LOCAL_RANK"));
      boolean there =
          env.keySet().containsAll(need)
              && !(name.startsWith("SLURM") && "bash".equals(env.get("SLURM_JOB_NAME")))
              && !(name.startsWith("Kube") && env.containsKey("GROUP_RANK"));
      if (named && !env.keySet().containsAll(need))
        return Answer.fits(spec, "named")
            .with(Settings.EXTERNAL, true)
            .objecting(new Conflict(List.of("RANK"), "missing", ""));
      if (!named && !there) return Answer.notConcerned("y");
      int tasks = Integer.parseInt(env.get(this.tasks));
      int want = r.parallelDevices() * r.arguments().get(TrainerArguments.NUM_NODES);
      var f = Answer.fits(spec, "found").with(Settings.EXTERNAL, true);
      return tasks == want
          ? f
          : f.with(
              Settings.WRONG_TASKS,
              new Conflict(List.of("devices"), "tasks " + tasks + " != " + want, "fix"));
    }
  }

  public static List<Offered> all() {
    List<Offered> l = new ArrayList<>();
    for (Env e :
        List.of(
            new Env("LightningEnvironment", 0, List.of(), false, ""),
            new Env(
                "TorchElasticEnvironment",
                350,
                List.of("TORCHELASTIC_RUN_ID", "RANK", "GROUP_RANK", "LOCAL_RANK", "WORLD_SIZE"),
                true,
                "WORLD_SIZE"),
            new Env(
                "SLURMEnvironment",
                340,
                List.of("SLURM_NTASKS", "SLURM_PROCID", "SLURM_NODEID"),
                true,
                "SLURM_NTASKS"),
            new Env(
                "LSFEnvironment",
                330,
                List.of("LSB_JOBID", "LSB_DJOB_RANKFILE", "JSM_NAMESPACE_SIZE"),
                true,
                "JSM_NAMESPACE_SIZE"),
            new Env(
                "KubeflowEnvironment",
                320,
                List.of("KUBERNETES_PORT", "MASTER_ADDR", "RANK", "WORLD_SIZE"),
                true,
                "WORLD_SIZE"))) l.add(new Offered(e, "scratch"));
    return l;
  }
}
