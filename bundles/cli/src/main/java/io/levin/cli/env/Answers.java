package io.levin.cli.env;

import io.levin.cluster.ClusterEnvironment;
import io.levin.cluster.ClusterException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Asks an environment everything. */
final class Answers {
  private Answers() {}

  static Map<String, Object> of(ClusterEnvironment environment) {
    Map<String, Object> answers = new LinkedHashMap<>();
    ask("main_address", environment::mainAddress, answers);
    ask("main_port", environment::mainPort, answers);
    ask("world_size", environment::worldSize, answers);
    ask("global_rank", environment::globalRank, answers);
    ask("local_rank", environment::localRank, answers);
    ask("node_rank", environment::nodeRank, answers);
    ask("creates_processes_externally", environment::createsProcessesExternally, answers);
    return answers;
  }

  private static void ask(String name, Supplier<Object> question, Map<String, Object> answers) {
    try {
      answers.put(name, question.get());
    } catch (ClusterException e) {
      // The environment's problems say so.
    }
  }
}
