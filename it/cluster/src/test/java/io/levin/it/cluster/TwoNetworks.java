package io.levin.it.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Two network namespaces with a cable between them: two machines, as far as the network goes. */
final class TwoNetworks implements AutoCloseable {
  static final String FIRST_ADDRESS = "10.213.0.1";
  private static final String SECOND_ADDRESS = "10.213.0.2";

  private final String first = "levin-a-" + ProcessHandle.current().pid();
  private final String second = "levin-b-" + ProcessHandle.current().pid();

  /** Whether this user may make such networks here. */
  static boolean canBeMade() {
    try (TwoNetworks networks = new TwoNetworks()) {
      networks.connect();
      return true;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  void connect() throws IOException, InterruptedException {
    ip("netns add " + first);
    ip("netns add " + second);
    ip("link add name cable netns %s type veth peer name cable netns %s".formatted(first, second));
    up(first, FIRST_ADDRESS);
    up(second, SECOND_ADDRESS);
  }

  private void up(String network, String address) throws IOException, InterruptedException {
    ip("-n %s link set lo up".formatted(network));
    ip("-n %s address add %s/24 dev cable".formatted(network, address));
    ip("-n %s link set cable up".formatted(network));
  }

  void cut() throws IOException, InterruptedException {
    ip("-n %s link set cable down".formatted(first));
  }

  void heal() throws IOException, InterruptedException {
    ip("-n %s link set cable up".formatted(first));
    String knock = "exec 3<>/dev/tcp/%s/9".formatted(FIRST_ADDRESS);
    for (int i = 0; i < 100 && !isThere(on(1, List.of("bash", "-c", knock))); i++) {
      Thread.sleep(100);
    }
  }

  /** Nobody listens there; but to be told so, the way must be open. */
  private static boolean isThere(List<String> knock) throws IOException {
    Process process = new ProcessBuilder(knock).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), UTF_8).contains("refused");
  }

  /** The same command, on one of the two machines. */
  List<String> on(int machine, List<String> command) {
    return Stream.concat(
            Stream.of("ip", "netns", "exec", machine == 0 ? first : second), command.stream())
        .toList();
  }

  private static void ip(String words) throws IOException, InterruptedException {
    List<String> command = Stream.concat(Stream.of("ip"), Arrays.stream(words.split(" "))).toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("ip " + words + ": " + said);
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    for (String network : List.of(first, second)) {
      new ProcessBuilder("ip", "netns", "del", network)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }
  }
}
