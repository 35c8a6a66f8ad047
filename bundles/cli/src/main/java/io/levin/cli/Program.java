package io.levin.cli;

import io.levin.launcher.Command;
import io.levin.launcher.Stop;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The distribution's command line, {@code levin}. */
@Component(service = Command.class)
public final class Program implements Command {
  private final BundleContext context;

  @Activate
  public Program(BundleContext context) {
    this.context = context;
  }

  @Override
  public int run(List<String> arguments, Stop stop) {
    PrintStream out = System.out;
    int code = run(context, arguments, stop);
    if (out.checkError() && code == ExitCode.OK) {
      return ExitCode.FAILURE; // nobody read the answer to its end
    }
    return code;
  }

  /** Runs one command line, on whatever the standard streams are now. */
  static int run(BundleContext context, List<String> arguments, Stop stop) {
    Session session =
        new Session(
            new RegisteredServices(context, System.err),
            System.getenv(),
            Path.of(System.getProperty("levin.home", ".")),
            System.out,
            System.err,
            stop,
            arguments);
    return new LevinCommand(context.getBundle().getVersion().toString()).run(arguments, session);
  }
}
