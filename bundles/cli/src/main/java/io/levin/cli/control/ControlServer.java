package io.levin.cli.control;

import io.levin.LevinException;
import io.levin.arguments.PluginReference;
import io.levin.launcher.Plugin;
import io.levin.plan.Family;
import io.levin.trainer.Trainer;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the same user's other processes ask something of a run, while it goes on. */
public final class ControlServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

  private final Trainer trainer;
  private final Run run;
  private final Path socket;
  private final ServerSocketChannel server;

  /**
   * A run that may be asked.
   *
   * @param home folder of its distribution
   * @param plugins what it made of the jars in its folder of plugins, so far
   */
  public record Run(Trainer trainer, String job, Path home, Supplier<List<Plugin>> plugins) {}

  private ControlServer(Run run, Path socket, ServerSocketChannel server) {
    this.trainer = run.trainer();
    this.run = run;
    this.socket = socket;
    this.server = server;
  }

  /** Opens the run's socket; a run that cannot have one goes on without. */
  public static ControlServer open(Run run) {
    try {
      Path socket = ControlFolder.ofUser().own();
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(socket));
      ControlServer control = new ControlServer(run, socket, server);
      Thread thread = new Thread(control::serve, "levin-control");
      thread.setDaemon(true);
      thread.start();
      return control;
    } catch (IOException | UnsupportedOperationException e) {
      LOG.debug("this run cannot be reached by 'levin swap': {}", e.getMessage());
      return new ControlServer(run, null, null);
    }
  }

  private void serve() {
    while (server.isOpen()) {
      try (SocketChannel channel = server.accept()) {
        Map<String, String> request = Messages.read(channel);
        if (!request.isEmpty()) {
          Messages.write(channel, answer(request));
        }
      } catch (AsynchronousCloseException e) {
        return;
      } catch (IOException | RuntimeException e) {
        LOG.debug("a request was not understood", e);
      }
    }
  }

  private Map<String, String> answer(Map<String, String> request) {
    Map<String, String> answer = new LinkedHashMap<>();
    answer.put("pid", Long.toString(ProcessHandle.current().pid()));
    answer.put("job", run.job());
    answer.put("directory", String.valueOf(trainer.runDirectory()));
    answer.put("home", run.home().toAbsolutePath().normalize().toString());
    answer.put(Messages.USES, uses());
    try {
      switch (request.getOrDefault(Messages.DO, "")) {
        case "swap" ->
            answer.put(
                Messages.SAID,
                trainer.swapCheckpointIO(PluginReference.parse(request.get(Messages.PLUGIN))));
        case "taken" -> taken(request.get(Messages.PLUGIN), answer);
        default -> {} // to tell who this is is all that was wanted
      }
    } catch (LevinException e) {
      answer.put(Messages.ERROR, e.getMessage());
      answer.put(Messages.HINT, e.hint());
    } catch (IllegalArgumentException e) {
      answer.put(Messages.ERROR, e.getMessage());
    }
    return answer;
  }

  private String uses() {
    return Arrays.stream(Family.values())
        .map(family -> trainer.plan().choice(family).bundle())
        .distinct()
        .collect(Collectors.joining(","));
  }

  private void taken(String jar, Map<String, String> answer) {
    run.plugins().get().stream()
        .filter(plugin -> plugin.jar().getFileName().toString().equals(jar))
        .forEach(
            plugin -> {
              answer.put(Messages.SAID, plugin.sha256());
              answer.put(Messages.TROUBLE, plugin.trouble());
            });
  }

  @Override
  public void close() {
    if (server == null) {
      return;
    }
    try {
      server.close();
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      LOG.debug("the run's socket is left behind", e);
    }
  }
}
