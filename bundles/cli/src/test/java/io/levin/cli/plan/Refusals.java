package io.levin.cli.plan;

import io.levin.arguments.Argument;
import io.levin.arguments.Arguments;
import io.levin.arguments.TrainerArguments;
import io.levin.core.planner.Planner;
import io.levin.plan.Conflict;
import io.levin.plan.Family;
import io.levin.plan.Hardware;
import io.levin.plan.Surroundings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds what is refused by asking: every value of every argument on every kind of machine, then
 * every two together, and with Apex. A combination counts when no part of it is refused.
 */
final class Refusals {
  private record Value(Argument<?> argument, Object raw) {
    String shown() {
      return argument.name() + " " + (raw instanceof String text && text.isEmpty() ? "''" : raw);
    }
  }

  /** A kind of refusal: the message without the values, and the requests that meet it. */
  static final class Row {
    final Conflict example;
    final Map<String, Set<String>> givenByMachine = new LinkedHashMap<>();

    Row(Conflict example) {
      this.example = example;
    }
  }

  private static final List<String> MACHINES = List.of("cpu", "gpu=4", "tpu=8", "hpu=8", "ipu=4");

  private final Planner planner = new Planner(OffersOnClassPath.find());
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final Map<List<Object>, Set<Conflict>> known = new LinkedHashMap<>();

  /** By the argument that each is about first. */
  static List<Row> find() {
    Refusals refusals = new Refusals();
    List<Value> values = refusals.values();
    for (String machine : MACHINES) {
      for (int i = 0; i < values.size(); i++) {
        refusals.ask(machine, List.of(values.get(i)));
      }
      for (int i = 0; i < values.size(); i++) {
        for (int j = i + 1; j < values.size(); j++) {
          if (values.get(i).argument() != values.get(j).argument()) {
            refusals.ask(machine, List.of(values.get(i), values.get(j)));
          }
        }
      }
    }
    Value apex = new Value(TrainerArguments.AMP_BACKEND, "apex");
    Value half = new Value(TrainerArguments.PRECISION, "16");
    for (Value value : values) {
      if (value.argument() == TrainerArguments.STRATEGY) {
        refusals.ask("gpu=4", List.of(half, apex, value));
      }
    }
    return refusals.rows.values().stream()
        .sorted(Comparator.comparingInt(row -> place(row.example.about())))
        .toList();
  }

  private static int place(List<String> about) {
    List<String> names = TrainerArguments.all().stream().map(Argument::name).toList();
    int place = about.isEmpty() ? -1 : names.indexOf(about.get(0));
    return place < 0 ? names.size() : place;
  }

  private List<Value> values() {
    Set<String> strategies = new TreeSet<>();
    planner.offers().stream()
        .filter(
            o ->
                o.offer().family().argument().filter(TrainerArguments.STRATEGY::equals).isPresent())
        .forEach(o -> strategies.addAll(o.offer().words()));
    strategies.addAll(List.of("ddp_cpu", "horovod", "tpu_spawn", "nope"));
    // Strategies and accelerators have words; two of their names stand for the rest.
    List<String> plugins = new ArrayList<>(List.of("DDPStrategy", "CPUAccelerator"));
    planner.offers().stream()
        .filter(
            o -> o.offer().family() == Family.PRECISION || o.offer().family().argument().isEmpty())
        .forEach(o -> plugins.add(o.name()));
    plugins.addAll(
        List.of(
            "NativeMixedPrecisionPlugin:precision=bf16",
            "NativeMixedPrecisionPlugin:precision=8",
            "DoublePrecisionPlugin:level=1",
            "SLURMEnvironment,LightningEnvironment",
            "NopePlugin"));
    List<Value> values = new ArrayList<>();
    add(values, TrainerArguments.ACCELERATOR, List.of("cpu", "gpu", "tpu", "hpu", "ipu", "npu"));
    add(
        values,
        TrainerArguments.DEVICES,
        List.of("auto", 0, 2, 9, -1, "x", "1,0,1", List.of(), List.of(2), List.of(9)));
    add(values, TrainerArguments.NUM_NODES, List.of(2));
    add(values, TrainerArguments.STRATEGY, strategies);
    add(values, TrainerArguments.PRECISION, List.of("16", "32", "64", "bf16", "8"));
    add(values, TrainerArguments.AMP_BACKEND, List.of("native", "apex"));
    add(values, TrainerArguments.AMP_LEVEL, List.of("O2", "O7"));
    add(values, TrainerArguments.PLUGINS, plugins);
    return values;
  }

  private static void add(List<Value> values, Argument<?> argument, Iterable<?> raws) {
    raws.forEach(raw -> values.add(new Value(argument, raw)));
  }

  private void ask(String machine, List<Value> given) {
    Arguments arguments = Arguments.none();
    for (Value value : given) {
      arguments = arguments.read(value.argument(), value.raw(), "example");
    }
    Surroundings place = Surroundings.of(Map.of(), "n1", Hardware.parse(machine));
    Set<Conflict> conflicts = new LinkedHashSet<>(planner.plan(arguments, place).conflicts());
    known.put(key(machine, given), conflicts);
    for (int i = 0; i < given.size(); i++) {
      List<Value> part = new ArrayList<>(given);
      part.remove(i);
      if (!known.getOrDefault(key(machine, part), Set.of()).isEmpty()) {
        return;
      }
    }
    String shown = given.stream().map(Value::shown).collect(Collectors.joining(" + "));
    for (Conflict conflict : conflicts) {
      rows.computeIfAbsent(kind(conflict, given), kind -> new Row(conflict))
          .givenByMachine
          .computeIfAbsent(machine, m -> new LinkedHashSet<>())
          .add(shown);
    }
  }

  private static List<Object> key(String machine, List<Value> given) {
    return List.of(machine, Set.copyOf(given));
  }

  /** The message with every given value taken out, so that alike refusals are one row. */
  private static String kind(Conflict conflict, List<Value> given) {
    String kind = conflict.message();
    for (Value value : given) {
      String raw = value.raw().toString();
      for (String part : raw.split("[,:]")) {
        kind = kind.replaceAll("(?<!\\w)" + Pattern.quote(part) + "(?!\\w)", "*");
      }
    }
    return conflict.about() + kind.replaceAll("\\b(cpu|gpu|tpu|hpu|ipu)\\b|[A-Z]+s\\b|\\d+", "*");
  }
}
