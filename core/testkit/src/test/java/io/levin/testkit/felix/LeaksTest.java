package io.levin.testkit.felix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.osgi.framework.BundleContext;

/** Tests that leave something behind fail, and say what; seen from the outside. */
class LeaksTest {
  /** Each of its tests but the first leaves something behind. */
  @FelixTest
  static class Leaking {
    private static final CountDownLatch END = new CountDownLatch(1);
    private static InputStream open;

    BundleContext context;
    @TempDir Path folder;

    @AfterAll
    static void end() throws Exception {
      END.countDown();
      open.close();
    }

    @Test
    void nothing() {
      assertThat(context).isNotNull();
    }

    @Test
    void service() {
      context.registerService(Runnable.class, () -> {}, null);
    }

    @Test
    void bundle() throws Exception {
      BundleBuilder.named("org.example.left").start(context);
    }

    @Test
    void thread() {
      Runnable waits =
          () -> {
            try {
              END.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          };
      new Thread(waits, "left-behind").start();
    }

    @Test
    void file() throws Exception {
      open = Files.newInputStream(Files.writeString(folder.resolve("left.txt"), "x"));
    }
  }

  /** Waits for what nobody registers. */
  @FelixTest
  static class Waiting {
    @Service(timeout = 50, cardinality = 2)
    List<Runnable> absent;

    @Test
    void never() {
      throw new IllegalStateException("it must not come here");
    }
  }

  /** One object for all methods. */
  @FelixTest
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class Shared {
    BundleContext context;

    @Test
    void isFilled() {
      assertThat(context).isNotNull();
    }
  }

  private static Map<String, String> run(Class<?> test) {
    EngineExecutionResults results =
        EngineTestKit.engine("junit-jupiter").selectors(selectClass(test)).execute();
    Map<String, String> told = new TreeMap<>();
    results.testEvents().finished().stream()
        .forEach(
            event ->
                told.put(
                    event.getTestDescriptor().getDisplayName().replace("()", ""),
                    event
                        .getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
                        .getThrowable()
                        .map(Throwable::getMessage)
                        .orElse("passed")));
    return told;
  }

  @Test
  void whatIsLeftBehindIsNamed() {
    Map<String, String> told = run(Leaking.class);
    assertThat(told).hasSize(5).containsEntry("nothing", "passed");
    assertThat(told.get("service")).contains("the service [java.lang.Runnable]");
    assertThat(told.get("bundle")).contains("the bundle org.example.left");
    assertThat(told.get("thread")).contains("the thread left-behind");
    if (Files.isDirectory(Path.of("/proc/self/fd"))) {
      assertThat(told.get("file")).contains("the open file").contains("left.txt");
    }
  }

  @Test
  void aServiceThatDoesNotComeIsNamed() {
    assertThat(run(Waiting.class).get("never"))
        .isEqualTo("0 of 2 services java.lang.Runnable  were there within 50 ms.");
  }

  @Test
  void oneObjectForAllMethodsIsFilledToo() {
    assertThat(run(Shared.class)).containsEntry("isFilled", "passed");
  }
}
