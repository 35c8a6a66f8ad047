package io.levin.it.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.levin.accelerator.Availability;
import io.levin.collective.CollectiveException;
import io.levin.collective.ProcessGroup;
import io.levin.collective.ProcessGroups;
import io.levin.collective.Reduction;
import io.levin.collective.Rendezvous;
import io.levin.testkit.felix.FelixTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;

/** The process groups of the distribution, in Felix. */
@FelixTest
class ProcessGroupsIT {
  BundleContext context;

  private ProcessGroups groups() {
    return context.getService(context.getServiceReference(ProcessGroups.class));
  }

  @Test
  void theyComeFromTheirOwnBundle() {
    assertThat(context.getServiceReference(ProcessGroups.class).getBundle().getSymbolicName())
        .isEqualTo("io.levin.cluster.gloo");
  }

  @Test
  void theySayWhetherAndWhy() {
    Availability availability = groups().availability();
    assertThat(availability.isAvailable()).isEqualTo(isLinux());
    assertThat(availability.reason())
        .contains(isLinux() ? "Gloo in libtorch 2.7.1" : "is made for linux-x86_64");
  }

  @Test
  void aGroupWorksInAFramework() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Rendezvous alone = Rendezvous.of("127.0.0.1", port, 0, 1).within(Duration.ofSeconds(20));
    if (!isLinux()) {
      assertThatThrownBy(() -> groups().join(alone)).hasMessageContaining("linux-x86_64");
      return;
    }
    try (ProcessGroup group = groups().join(alone);
        NDManager manager = NDManager.newBaseManager()) {
      NDArray array = manager.ones(new Shape(2));
      group.allReduce(array, Reduction.MEAN);
      assertThat(array.toFloatArray()).containsOnly(1);
    }
    Rendezvous second = Rendezvous.of("127.0.0.1", port, 1, 2).within(Duration.ofMillis(200));
    assertThatThrownBy(() -> groups().join(second))
        .isInstanceOf(CollectiveException.class)
        .hasMessageContaining("No main process");
  }

  private static boolean isLinux() {
    return System.getProperty("os.name").equals("Linux")
        && System.getProperty("os.arch").equals("amd64");
  }
}
