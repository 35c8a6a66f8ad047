package io.levin.cli.control;

import io.levin.LevinException;
import io.levin.arguments.PluginReference;
import io.levin.trainer.Trainer;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the same user's other processes ask something of a run, while it goes on. */
public final class ControlServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

  private final Trainer trainer;
  private final String job;
  private final Path socket;
  private final ServerSocketChannel server;

  private ControlServer(Trainer trainer, String job, Path socket, ServerSocketChannel server) {
    this.trainer = trainer;
    this.job = job;
    this.socket = socket;
    this.server = server;
  }

  /** Opens the run's socket; a run that cannot have one goes on without. */
  public static ControlServer open(Trainer trainer, String job) {
    try {
      Path socket = ControlFolder.ofUser().own();
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(socket));
      ControlServer control = new ControlServer(trainer, job, socket, server);
      Thread thread = new Thread(control::serve, "levin-control");
      thread.setDaemon(true);
      thread.start();
      return control;
    } catch (IOException | UnsupportedOperationException e) {
      LOG.debug("this run cannot be reached by 'levin swap': {}", e.getMessage());
      return new ControlServer(trainer, job, null, null);
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
    answer.put("job", job);
    answer.put("directory", String.valueOf(trainer.runDirectory()));
    try {
      if ("swap".equals(request.get(Messages.DO))) {
        String holder =
            trainer.swapCheckpointIO(PluginReference.parse(request.get(Messages.PLUGIN)));
        answer.put(Messages.SAID, holder);
      }
    } catch (LevinException e) {
      answer.put(Messages.ERROR, e.getMessage());
      answer.put(Messages.HINT, e.hint());
    } catch (IllegalArgumentException e) {
      answer.put(Messages.ERROR, e.getMessage());
    }
    return answer;
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
