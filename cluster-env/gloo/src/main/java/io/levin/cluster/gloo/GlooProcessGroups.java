package io.levin.cluster.gloo;

import io.levin.accelerator.Availability;
import io.levin.collective.ProcessGroup;
import io.levin.collective.ProcessGroups;
import io.levin.collective.Rendezvous;
import io.levin.torch.LibTorchBuild;
import org.osgi.service.component.annotations.Component;

/** Process groups of the CPU: Gloo, as it is in DJL's own libtorch. */
@Component(service = ProcessGroups.class)
public final class GlooProcessGroups implements ProcessGroups {
  @Override
  public Availability availability() {
    String missing = LibTorchBuild.foreseen();
    return missing.isEmpty()
        ? Availability.available(1, "Gloo in libtorch " + LibTorchBuild.VERSION)
        : Availability.unavailable(missing);
  }

  @Override
  public ProcessGroup join(Rendezvous rendezvous) {
    return new Meeting(Door.functions(), rendezvous).join();
  }
}
