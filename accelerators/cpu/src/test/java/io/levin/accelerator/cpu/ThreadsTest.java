package io.levin.accelerator.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.levin.arguments.Arguments;
import io.levin.arguments.PluginReference;
import io.levin.arguments.TrainerArguments;
import io.levin.plan.Choice;
import io.levin.plan.Family;
import io.levin.plan.Hardware;
import io.levin.plan.Request;
import io.levin.plan.Surroundings;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadsTest {
  private record Asked(Arguments arguments, Surroundings surroundings) implements Request {
    @Override
    public Optional<Choice> choice(Family family) {
      return Optional.empty();
    }

    @Override
    public Optional<PluginReference> named(Family family) {
      return Optional.empty();
    }
  }

  private static Request request(Arguments arguments, Map<String, String> environment) {
    return new Asked(arguments, Surroundings.of(environment, "n1", Hardware.here()));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 8, 1, 8, '8 processors'",
    "'', 1, 1, 1, '1 processor'",
    "'', 8, 3, 2, '8 processors, 3 processes'",
    "'', 2, 8, 1, '2 processors, 8 processes'",
    "OMP_NUM_THREADS=3, 8, 2, 3, OMP_NUM_THREADS",
    "'OMP_NUM_THREADS=4,2', 8, 2, 4, OMP_NUM_THREADS",
    "OMP_NUM_THREADS=all, 8, 1, 8, '8 processors'",
    "SLURM_CPUS_PER_TASK=6, 64, 4, 6, SLURM_CPUS_PER_TASK",
    "OMP_NUM_THREADS=1 SLURM_CPUS_PER_TASK=6, 64, 4, 1, OMP_NUM_THREADS",
    "SLURM_CPUS_ON_NODE=16, 64, 4, 4, 'SLURM_CPUS_ON_NODE, 4 processes'",
    "SLURM_CPUS_ON_NODE=16, 8, 1, 8, '8 processors'",
  })
  void whoKnowsBestSaysHowMany(
      String variables, int processors, int processes, int count, String from) {
    Map<String, String> environment =
        Arrays.stream(variables.split(" "))
            .filter(text -> !text.isEmpty())
            .map(text -> text.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    assertThat(Threads.choose(request(Arguments.none(), environment), processors, processes))
        .isEqualTo(new Threads(count, from));
  }

  @Test
  void theArgumentIsAboveAll() {
    Request request =
        request(Arguments.none().with(TrainerArguments.THREADS, 5), Map.of("OMP_NUM_THREADS", "2"));
    assertThat(Threads.choose(request, 8, 4)).isEqualTo(new Threads(5, "--threads"));
  }

  @Test
  void theDeviceIsThisProcess() {
    CPUAccelerator cpu = new CPUAccelerator(1);
    assertThat(cpu.memory(Device.cpu()).orElseThrow().total()).isPositive();
    assertThat(cpu.parallelDevices(java.util.List.of(0, 1)))
        .containsExactly(Device.cpu(), Device.cpu());
  }
}
