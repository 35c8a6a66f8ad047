package io.levin.core;

import static io.levin.arguments.TrainerArguments.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levin.LevinException;
import io.levin.accelerator.cpu.CPUAcceleratorOffer;
import io.levin.arguments.Arguments;
import io.levin.arguments.PluginReference;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.core.planner.Offered;
import io.levin.core.planner.Planner;
import io.levin.plan.Answer;
import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Plan;
import io.levin.plan.Request;
import io.levin.plan.Surroundings;
import io.levin.precision.full.PrecisionPluginOffer;
import io.levin.strategy.builtin.SingleDeviceStrategyOffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Backends come and go under the calls of a run. */
class CheckpointSlotTest {
  private static final Leases.Patience SHORT =
      new Leases.Patience(Duration.ofMillis(200), Duration.ofSeconds(5));

  private final List<Offered> offers = new CopyOnWriteArrayList<>();
  private final List<String> written = Collections.synchronizedList(new ArrayList<>());
  private final List<CheckpointSlot> slots = new ArrayList<>();

  CheckpointSlotTest() {
    offers.add(new Offered(new CPUAcceleratorOffer(), "test"));
    offers.add(new Offered(new SingleDeviceStrategyOffer(), "test"));
    offers.add(new Offered(new PrecisionPluginOffer(), "test"));
    offers.add(
        new Offered(
            new TestOffers.Fixed(Family.CLUSTER_ENVIRONMENT, "LightningEnvironment", "here"),
            "test"));
  }

  @AfterEach
  void close() {
    slots.forEach(CheckpointSlot::close);
  }

  /** A backend that says who it is, and fails once it is closed, as one of a stopped bundle may. */
  private class Backing implements Offer<CheckpointIO> {
    private final String name;
    private final boolean isTakenUnasked;
    private final CountDownLatch begun = new CountDownLatch(1);
    private CountDownLatch mayEnd = new CountDownLatch(0);
    private volatile boolean isClosed;
    private boolean isUseless;

    Backing(String name, boolean isTakenUnasked) {
      this.name = name;
      this.isTakenUnasked = isTakenUnasked;
    }

    @Override
    public Family family() {
      return Family.CHECKPOINT_IO;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Answer answer(Request request) {
      return isTakenUnasked || request.asksFor(this)
          ? Answer.fits(request.asksFor(this) ? 10 : 0, "a test wants it")
          : Answer.notConcerned("nobody asked");
    }

    @Override
    public CheckpointIO create(Creation creation) {
      isClosed = false;
      return new CheckpointIO() {
        @Override
        public String format() {
          return name;
        }

        @Override
        public String suffix() {
          return "." + name;
        }

        @Override
        public void save(Checkpoint checkpoint, Path path) {
          begun.countDown();
          if (isUseless) {
            throw new ClassFormatError("its jar is damaged");
          }
          try {
            if (!mayEnd.await(20, TimeUnit.SECONDS)) {
              throw new IllegalStateException("the test forgot this save");
            }
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          if (isClosed) {
            throw new IllegalStateException(name + " is closed");
          }
          written.add(name + " " + path);
        }

        @Override
        public Checkpoint load(Path path) {
          throw new UnsupportedOperationException();
        }

        @Override
        public void remove(Path path) {}

        @Override
        public void close() {
          isClosed = true;
        }
      };
    }
  }

  private Offered arrive(Offer<?> offer, int ranking) {
    Offered offered = new Offered(offer, "bundle of " + offer.name(), ranking);
    offers.add(offered);
    slots.forEach(CheckpointSlot::arrived);
    return offered;
  }

  private void leave(Offered offered) {
    offers.remove(offered);
    slots.forEach(slot -> slot.withdrawn(offered.offer()));
  }

  private CheckpointSlot slot(String... plugins) {
    Arguments arguments =
        Arguments.none()
            .with(PLUGINS, java.util.Arrays.stream(plugins).map(PluginReference::parse).toList());
    Plan plan = new Planner(offers).plan(arguments, Surroundings.here()).orThrow();
    BackendChoice choice =
        new BackendChoice(() -> offers, arguments, Surroundings.here()).with(this::creation);
    CheckpointSlot slot = new CheckpointSlot(choice, plan, SHORT);
    slots.add(slot);
    return slot;
  }

  private Creation creation(Plan plan) {
    return new Creation() {
      @Override
      public Plan plan() {
        return plan;
      }

      @Override
      public Request request() {
        throw new UnsupportedOperationException();
      }

      @Override
      public <T> Optional<T> part(Class<T> type) {
        return Optional.empty();
      }
    };
  }

  private static void save(CheckpointSlot slot, String path) {
    slot.use(
        io -> {
          io.save(Checkpoint.of(java.util.Map.of()), Path.of(path));
          return null;
        });
  }

  @Test
  void aBetterRankedBackendTakesTheNextCallAndTheOldOneComesBackWhenItGoes() {
    arrive(new Backing("A", true), 0);
    CheckpointSlot slot = slot();
    save(slot, "1");
    Offered better = arrive(new Backing("B", true), 5);
    save(slot, "2");
    leave(better);
    save(slot, "3");
    assertThat(written).containsExactly("A 1", "B 2", "A 3");
    assertThat(slot.statistics().swaps()).isEqualTo(2);
  }

  @Test
  void aLeavingBackendFinishesItsCallFirst() throws Exception {
    Backing slow = new Backing("A", true);
    slow.mayEnd = new CountDownLatch(1);
    Offered offered = arrive(slow, 0);
    CheckpointSlot slot = slot();
    CompletableFuture<Void> save = CompletableFuture.runAsync(() -> save(slot, "1"));
    slow.begun.await();
    arrive(new Backing("B", true), 5);
    save(slot, "2"); // goes to the new one meanwhile
    CompletableFuture<Void> leaving = CompletableFuture.runAsync(() -> leave(offered));
    assertThatThrownBy(() -> leaving.get(100, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    assertThat(slow.isClosed).isFalse();
    slow.mayEnd.countDown();
    leaving.get(10, TimeUnit.SECONDS);
    save.get(10, TimeUnit.SECONDS);
    assertThat(slow.isClosed).isTrue();
    assertThat(written).containsExactly("B 2", "A 1");
    assertThat(slot.statistics().values()).containsEntry("waited_for_a_leaving_backend", 1L);
  }

  @Test
  void aCallThatFailsOnABackendTakenAwayIsMadeAgain() throws Exception {
    Backing slow = new Backing("A", true);
    slow.mayEnd = new CountDownLatch(1);
    Offered offered = arrive(slow, 0);
    CheckpointSlot slot = slot();
    CompletableFuture<Void> save = CompletableFuture.runAsync(() -> save(slot, "1"));
    slow.begun.await();
    arrive(new Backing("B", true), 5);
    save(slot, "2");
    CompletableFuture<Void> leaving = CompletableFuture.runAsync(() -> leave(offered));
    slow.isClosed = true; // its bundle did not wait
    slow.mayEnd.countDown();
    save.get(10, TimeUnit.SECONDS);
    leaving.get(10, TimeUnit.SECONDS);
    assertThat(written).containsExactly("B 2", "B 1");
    assertThat(slot.statistics().values()).containsEntry("calls_made_again", 1L);
  }

  @Test
  void aFailureOfABackendInPlaceIsTheCallers() {
    Backing broken = new Backing("A", true);
    arrive(broken, 0);
    CheckpointSlot slot = slot();
    broken.isClosed = true;
    assertThatThrownBy(() -> save(slot, "1")).hasMessage("A is closed");
  }

  @Test
  void aBrokenBackendIsPassedOver() {
    arrive(new Backing("A", true), 0);
    CheckpointSlot slot = slot();
    arrive(
        new Backing("B", true) {
          @Override
          public CheckpointIO create(Creation creation) {
            throw new NoClassDefFoundError("org.example.Absent");
          }
        },
        5);
    save(slot, "1");
    Backing useless = new Backing("C", true);
    useless.isUseless = true;
    arrive(useless, 6);
    save(slot, "2");
    assertThat(written).containsExactly("A 1", "A 2");
  }

  @Test
  void callsWaitForABackendAndThenSayThatThereIsNone() {
    Offered only = arrive(new Backing("A", true), 0);
    CheckpointSlot slot = slot();
    leave(only);
    assertThatThrownBy(() -> save(slot, "1"))
        .isInstanceOf(LevinException.class)
        .hasMessageContaining("A of bundle bundle of A was removed");
    CompletableFuture<Void> save = CompletableFuture.runAsync(() -> save(slot, "2"));
    arrive(new Backing("B", true), 0);
    save.join();
    assertThat(written).containsExactly("B 2");
  }

  @Test
  void aNamedBackendIsKeptTo() {
    Offered named = arrive(new Backing("A", false), 0);
    CheckpointSlot slot = slot("A");
    arrive(new Backing("B", true), 50);
    save(slot, "1");
    assertThat(written).containsExactly("A 1");
    leave(named);
    assertThatThrownBy(() -> save(slot, "2")).isInstanceOf(LevinException.class);
  }

  @Test
  void oneCanBeAskedForAndAWrongOneChangesNothing() {
    arrive(new Backing("A", true), 0);
    arrive(new Backing("B", false), 0);
    CheckpointSlot slot = slot();
    save(slot, "1");
    slot.prefer(PluginReference.parse("B"));
    save(slot, "2");
    assertThatThrownBy(() -> slot.prefer(PluginReference.parse("NoCheckpointIO")))
        .isInstanceOf(LevinException.class)
        .hasMessageContaining("There are: A, B");
    save(slot, "3");
    assertThat(written).containsExactly("A 1", "B 2", "B 3");
  }

  @Test
  void hundredsOfSwapsLoseNoSaveOfFourThreads() throws Exception {
    arrive(new Backing("A", true), 0);
    CheckpointSlot slot = slot();
    ExecutorService savers = Executors.newFixedThreadPool(4);
    List<Future<Integer>> counts = new ArrayList<>();
    java.util.concurrent.atomic.AtomicBoolean goesOn =
        new java.util.concurrent.atomic.AtomicBoolean(true);
    for (int saver = 0; saver < 4; saver++) {
      int own = saver;
      counts.add(
          savers.submit(
              () -> {
                int count = 0;
                while (goesOn.get()) {
                  save(slot, own + "-" + count++);
                }
                return count;
              }));
    }
    List<Offered> present = new ArrayList<>(offers.subList(4, 5));
    for (int i = 0; i < 500; i++) {
      Offered next =
          arrive(new Backing("A" + i, true), i + 1); // a better one, then without the old
      int before = written.size();
      while (written.size() < before + 8) { // twice for every thread
        Thread.onSpinWait();
      }
      leave(present.remove(0));
      present.add(next);
      if (i % 3 == 0) { // none for a moment
        leave(present.remove(0));
        present.add(arrive(new Backing("again" + i, true), i + 1));
      }
    }
    goesOn.set(false);
    int saves = 0;
    for (Future<Integer> count : counts) {
      saves += count.get(20, TimeUnit.SECONDS);
    }
    savers.shutdown();
    assertThat(written.stream().map(line -> line.split(" ")[1]))
        .hasSize(saves)
        .doesNotHaveDuplicates();
    assertThat(slot.statistics().swaps()).isGreaterThanOrEqualTo(500);
    System.out.println(slot.statistics().values());
  }
}
