package io.levin.cli.control;

import io.levin.LevinException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A run in another process.
 *
 * @param pid number of the process
 * @param directory where the run keeps its files
 * @param home the distribution that it runs from
 * @param uses symbolic names of the bundles that its parts are of
 */
public record RunningFit(
    String pid, String job, String directory, String home, Set<String> uses, Path socket) {

  /** What it made of a jar in its folder of plugins; trouble is empty where it is in. */
  public record Taken(String sha256, String trouble) {}

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
          new RunningFit(
              told.get("pid"),
              told.get("job"),
              told.get("directory"),
              told.getOrDefault("home", ""),
              Set.of(told.getOrDefault(Messages.USES, "").split(",")),
              socket));
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
    Map<String, String> answer = request(Map.of(Messages.DO, "swap", Messages.PLUGIN, plugin));
    return String.valueOf(answer.get(Messages.SAID));
  }

  /**
   * What it made of a jar; empty when the jar is not there, as far as it has seen.
   *
   * @throws LevinException when it has ended
   */
  public Optional<Taken> taken(String jar) {
    Map<String, String> answer = request(Map.of(Messages.DO, "taken", Messages.PLUGIN, jar));
    return Optional.ofNullable(answer.get(Messages.SAID))
        .map(sha256 -> new Taken(sha256, answer.getOrDefault(Messages.TROUBLE, "")));
  }

  private Map<String, String> request(Map<String, String> request) {
    Map<String, String> answer;
    try {
      answer = ask(socket, request);
    } catch (IOException e) {
      throw LevinException.resource(
          "Run %s of %s ended before it answered.".formatted(pid, job), "Look at its output.", e);
    }
    if (answer.containsKey(Messages.ERROR)) {
      throw LevinException.user(answer.get(Messages.ERROR), answer.getOrDefault(Messages.HINT, ""));
    }
    return answer;
  }

  @Override
  public String toString() {
    return "%s (%s, %s)".formatted(pid, job, directory);
  }
}
