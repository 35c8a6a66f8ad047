package io.levin.collective;

import io.levin.accelerator.Availability;
import org.osgi.annotation.versioning.ConsumerType;

/** Makes process groups. Safe for several threads. */
@ConsumerType
public interface ProcessGroups {
  /** Whether groups can be made here, and why not; asking starts no engine and throws nothing. */
  Availability availability();

  /**
   * Meets the other ranks and connects to all of them. Returns on every rank, or throws on every
   * rank, within about the timeout.
   *
   * @throws io.levin.LevinException where no groups can be made here
   * @throws CollectiveException when the ranks do not come together: with the same reason on all
   *     that came
   */
  ProcessGroup join(Rendezvous rendezvous);
}
