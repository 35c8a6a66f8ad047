package io.levin.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtDeviceType;
import ai.djl.pytorch.engine.PtNDManager;
import io.levin.torch.Fused.AdamOptions;
import io.levin.torch.Fused.SgdOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lazy tensors of the libtorch that Levin brings, for real. */
class LazyDeviceTest {
  private LazyDevice lazy;
  private NDManager cpu;
  private NDManager device;

  @BeforeEach
  void open() {
    assumeTrue(LazyDevice.foreseen().isEmpty(), LazyDevice.foreseen());
    lazy = LazyDevice.open(0);
    cpu = NDManager.newBaseManager(Device.cpu());
    device = NDManager.newBaseManager(lazy.device());
  }

  @AfterEach
  void close() {
    if (lazy != null) {
      device.close();
      cpu.close();
      lazy.close();
    }
  }

  private NDArray there(float... values) {
    try (NDArray array = cpu.create(values)) {
      return Transfer.to(device, array);
    }
  }

  @Test
  void withoutItsMendDjlRefusesEveryArrayOfTheDevice() {
    assertThat(PtDeviceType.toDeviceType(lazy.device())).isEqualTo(17);
    assertThat(there(1).getDevice()).isEqualTo(Device.of("lazy", 0));
    assertThat(PtDeviceType.fromDeviceType(1)).isEqualTo("gpu");
    assertThatThrownBy(() -> PtDeviceType.fromDeviceType(18))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingIsComputedBeforeTheStepsEnd() {
    NDArray a = there(1, 2, 3);
    lazy.markStep();
    LazyCounters before = lazy.counters();
    NDArray b = a.mul(2).add(1);
    assertThat(lazy.counters().compiled()).isEqualTo(before.compiled());
    lazy.markStep();
    assertThat(lazy.counters().compiled()).isEqualTo(before.compiled() + 1);
    assertThat(b.toFloatArray()).containsExactly(3, 5, 7);
  }

  @Test
  void aStepRecordedAlikeIsNotCompiledAgainButOneOfAnotherShapeIs() {
    for (int i = 0; i < 3; i++) {
      step(4, 0.5f * i);
    }
    LazyCounters before = lazy.counters();
    step(4, 7);
    assertThat(lazy.counters().compiled()).isEqualTo(before.compiled());
    assertThat(lazy.counters().reused()).isGreaterThan(before.reused());
    step(5, 7);
    assertThat(lazy.counters().compiled()).isGreaterThan(before.compiled());
  }

  private void step(int size, float factor) {
    try (NDManager step = device.newSubManager()) {
      NDArray result = there(new float[size]).add(1).mul(factor);
      result.attach(step);
      lazy.markStep();
      assertThat(result.toFloatArray()[0]).isEqualTo(factor);
    }
  }

  @Test
  void whatTheDeviceLacksIsCountedByName() {
    there(1, 2, 0).nonzero().toLongArray();
    assertThat(lazy.counters().fallbacks()).containsKey("nonzero");
    assertThat(lazy.counters().allFallbacks()).isPositive();
  }

  @Test
  void whatGivesSeveralArraysIsDoneByTheCpu() {
    NDArray array = there(1, 2, 3, 4);
    var parts = array.split(2);
    assertThat(parts.get(1).getDevice()).isEqualTo(lazy.device());
    assertThat(parts.get(1).add(1).toFloatArray()).containsExactly(4, 5);
    assertThat(array.split(new long[] {1}).get(1).toFloatArray()).containsExactly(2, 3, 4);
  }

  @Test
  void numbersComeAndGo() {
    NDArray target = there(0, 0);
    try (NDArray source = cpu.create(new float[] {4, 5})) {
      Transfer.copy(source, target);
    }
    lazy.markStep();
    assertThat(target.toFloatArray()).containsExactly(4, 5);
    assertThat(Transfer.to(cpu, target).toFloatArray()).containsExactly(4, 5);
    assertThat(Transfer.isDirect(lazy.device())).isFalse();
    assertThat(Transfer.isDirect(Device.cpu())).isTrue();
  }

  @Test
  void anErrorOfAnOperationComesAtTheStepsEndAndTheDeviceGoesOn() {
    NDArray rows = there(1, 2, 3).reshape(3, 1);
    NDArray bad = rows.gather(Transfer.to(device, cpu.create(new long[] {7}, new Shape(1, 1))), 0);
    assertThatThrownBy(lazy::markStep)
        .isInstanceOf(NativeFailure.class)
        .hasMessageContaining("index");
    bad.close();
    NDArray good = there(1).add(1);
    lazy.markStep();
    assertThat(good.toFloatArray()).containsExactly(2);
  }

  @Test
  void oneThreadDrivesADevice() throws Exception {
    lazy.markStep();
    assertThatThrownBy(() -> elsewhere(lazy::markStep))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("lazy:0 belongs to thread");
    assertThatThrownBy(() -> elsewhere(() -> LazyDevice.open(0).close()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("lazy:0 is in use by thread '%s'", Thread.currentThread().getName());
    elsewhere(
        () -> {
          try (LazyDevice other = LazyDevice.open(1)) {
            other.markStep();
            assertThat(other.markedSteps()).isEqualTo(1);
          }
        });
  }

  private static void elsewhere(Runnable work) throws Exception {
    try {
      CompletableFuture.runAsync(work, command -> new Thread(command, "another").start()).get();
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
  }

  @ParameterizedTest
  @CsvSource({"false,false,adam", "true,true,adam", "false,false,adamw", "true,true,adamw"})
  void adamIsTheFusedOneWithinRounding(boolean amsgrad, boolean maximize, String kind) {
    TensorList none = TensorList.of(List.of());
    AdamOptions options = new AdamOptions(0.01, 0.9, 0.99, 0.1, 1e-8, amsgrad, maximize);
    alike(
        (lists, gradient, step) -> {
          if (kind.equals("adam")) {
            Fused.adam(
                lists.get(0),
                gradient,
                lists.get(1),
                lists.get(2),
                amsgrad ? lists.get(3) : none,
                step,
                options);
          } else {
            Fused.adamW(
                lists.get(0),
                gradient,
                lists.get(1),
                lists.get(2),
                amsgrad ? lists.get(3) : none,
                step,
                options);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sgdIsTheFusedOneWithinRounding(boolean plain) {
    SgdOptions options =
        plain
            ? new SgdOptions(0.1, 0.01, 0, 0, false, false)
            : new SgdOptions(0.1, 0.01, 0.9, 0, true, true);
    TensorList none = TensorList.of(List.of());
    alike(
        (lists, gradient, step) ->
            Fused.sgd(lists.get(0), gradient, plain ? none : lists.get(1), options, first(step)));
  }

  private boolean isFirst;

  private boolean first(TensorList unused) {
    return isFirst;
  }

  private interface Update {
    void run(List<TensorList> lists, TensorList gradients, TensorList steps);
  }

  /** Takes some steps on the CPU and on the device, and compares the parameters. */
  private void alike(Update update) {
    List<float[]> results = new ArrayList<>();
    for (NDManager where : List.of(cpu, device)) {
      List<TensorList> lists = new ArrayList<>();
      NDArray parameter = where.create(new float[] {1, -2, 3});
      lists.add(TensorList.of(List.of(parameter)));
      for (int i = 0; i < 3; i++) {
        lists.add(TensorList.of(List.of(where.zeros(new Shape(3)))));
      }
      TensorList steps = TensorList.of(List.of(cpu.zeros(new Shape())));
      for (int i = 0; i < 5; i++) {
        isFirst = i == 0;
        NDArray gradient = where.create(new float[] {0.5f * i, -1, 2 - i});
        update.run(lists, TensorList.of(List.of(gradient)), steps);
        if (where == device) {
          lazy.markStep();
        }
      }
      results.add(parameter.toFloatArray());
    }
    for (int i = 0; i < 3; i++) {
      assertThat(results.get(1)[i])
          .isCloseTo(results.get(0)[i], org.assertj.core.data.Offset.offset(1e-6f));
    }
  }

  @Test
  void gradientsAreClippedAndUnscaledWithWhatTheDeviceHas() {
    NDArray a = there(3);
    NDArray b = there(-4);
    TensorList list = TensorList.of(List.of(a, b));
    assertThat(Foreach.norm(list, (PtNDManager) device)).isEqualTo(5);
    Foreach.clipByNorm(list, 1);
    lazy.markStep();
    assertThat(a.getFloat(0)).isCloseTo(0.6f, org.assertj.core.data.Offset.offset(1e-6f));
    NDArray found = there(0);
    NDArray half = there(0.5f);
    Foreach.unscale(TensorList.of(List.of(b)), found, half);
    assertThat(found.getFloat(0)).isZero();
    Foreach.unscale(TensorList.of(List.of(there(Float.POSITIVE_INFINITY))), found, half);
    assertThat(found.getFloat(0)).isEqualTo(1);
    assertThat(b.getFloat(0)).isCloseTo(-0.4f, org.assertj.core.data.Offset.offset(1e-6f));
    assertThat(lazy.counters().fallbacks()).isEmpty();
  }
}
