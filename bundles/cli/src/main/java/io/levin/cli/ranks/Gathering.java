package io.levin.cli.ranks;

import io.levin.cli.env.EnvReport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Brings together what the processes of one launcher say of themselves. */
public final class Gathering {
  private Gathering() {}

  /** Whether a launcher has started several processes, of which this is one. */
  public static boolean isOneOfSeveral(EnvReport place) {
    return place.ok()
        && Boolean.TRUE.equals(place.answers().get("creates_processes_externally"))
        && number(place, "world_size") > 1;
  }

  /**
   * Hears the other ranks, or tells rank 0.
   *
   * @param facts what this process says besides its place
   * @return nothing on the other ranks
   * @throws io.levin.LevinException where rank 0 cannot be reached, or cannot listen
   */
  public static Optional<RanksReport> of(
      EnvReport place, Map<String, String> facts, Duration limit) {
    Map<String, String> all = new TreeMap<>(facts);
    all.put("node rank", String.valueOf(place.answers().get("node_rank")));
    all.put("local rank", String.valueOf(place.answers().get("local_rank")));
    all.put("environment", place.name());
    all.put("world size", String.valueOf(place.answers().get("world_size")));
    InetSocketAddress main =
        InetSocketAddress.createUnresolved(
            String.valueOf(place.answers().get("main_address")), number(place, "main_port"));
    int rank = number(place, "global_rank");
    if (rank != 0) {
      new Attendance(main, limit).report(rank, all);
      return Optional.empty();
    }
    return Optional.of(new Assembly(number(place, "world_size"), limit).hear(main, all));
  }

  private static int number(EnvReport place, String question) {
    return place.answers().get(question) instanceof Integer number ? number : 0;
  }
}
