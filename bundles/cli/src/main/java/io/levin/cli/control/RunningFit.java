package io.levin.cli.control;

import io.levin.LevinException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run in another process.
 *
 * @param pid number of the process
 * @param directory where the run keeps its files
 */
public record RunningFit(String pid, String job, String directory, Path socket) {

  /** All runs of this user on this machine. */
  public static List<RunningFit> all() {
    return ControlFolder.ofUser().running().stream()
        .map(RunningFit::at)
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<RunningFit> at(Path socket) {
    try {
      Map<String, String> told = ask(socket, Map.of(Messages.DO, "tell"));
      return Optional.of(
          new RunningFit(told.get("pid"), told.get("job"), told.get("directory"), socket));
    } catch (IOException e) {
      return Optional.empty(); // it has just ended
    }
  }

  private static Map<String, String> ask(Path socket, Map<String, String> request)
      throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      Messages.write(channel, request);
      return Messages.read(channel);
    }
  }

  /**
   * Has it take another CheckpointIO.
   *
   * @return who keeps its checkpoints from now on
   * @throws LevinException with what the run says against it
   */
  public String swapCheckpointIO(String plugin) {
    Map<String, String> answer;
    try {
      answer = ask(socket, Map.of(Messages.DO, "swap", Messages.PLUGIN, plugin));
    } catch (IOException e) {
      throw LevinException.resource(
          "Run %s of %s ended before it answered.".formatted(pid, job), "Look at its output.", e);
    }
    if (answer.containsKey(Messages.ERROR)) {
      throw LevinException.user(answer.get(Messages.ERROR), answer.getOrDefault(Messages.HINT, ""));
    }
    return String.valueOf(answer.get(Messages.SAID));
  }

  @Override
  public String toString() {
    return "%s (%s, %s)".formatted(pid, job, directory);
  }
}
