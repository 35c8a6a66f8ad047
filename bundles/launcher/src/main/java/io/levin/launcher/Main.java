package io.levin.launcher;

import java.nio.file.Path;
import java.util.List;

/** Starts a distribution, runs its command line and ends the process with its exit code. */
public final class Main {
  private Main() {}

  /** Runs to the end of the process; {@code levin.home} names the distribution. */
  public static void main(String[] arguments) {
    int code;
    try {
      code = run(Path.of(System.getProperty("levin.home", ".")), List.of(arguments));
    } catch (LaunchException e) {
      System.err.println("levin: " + e.getMessage());
      if (!e.hint().isEmpty()) {
        System.err.println("  " + e.hint());
      }
      code = 1;
    }
    System.out.flush();
    System.exit(code);
  }

  private static int run(Path home, List<String> arguments) {
    System.setProperty("OPT_OUT_TRACKING", "true"); // DJL would call home
    Stop stop = new Stop();
    Signals.handle(stop);
    Parent.watch();
    Thread engine = EngineWarmUp.start(arguments);
    try (Container container = Container.ofDistribution(home, List.of())) {
      Command command = container.service(Command.class).orElseThrow(Main::noCommand);
      int code = command.run(arguments, stop);
      return code == Stop.REQUEUE ? code : stop.signal().map(Stop::exitCode).orElse(code);
    } finally {
      await(engine);
    }
  }

  private static LaunchException noCommand() {
    return new LaunchException(
        "No bundle registered a command line.",
        "Put levin-cli and what it needs back into 'bundles', or unpack the distribution again.");
  }

  /** Native code must not be in the middle of loading when the process ends. */
  private static void await(Thread engine) {
    try {
      engine.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
