package io.levin.benchmarks;

import io.levin.arguments.Argument;
import io.levin.arguments.Arguments;
import io.levin.arguments.TrainerArguments;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Trainer arguments as they are written on a command line. */
final class Line {
  /** Every way to compute that a single CPU has, or stands in for. */
  static final String[] PRECISIONS = {
    "--precision 32",
    "--precision 64",
    "--precision bf16",
    "--plugins NativeMixedPrecisionPlugin:precision=16",
    "--precision bf16-true",
    "--precision 16-true",
    "--plugins ApexMixedPrecisionPlugin:amp_level=O0",
    "--plugins ApexMixedPrecisionPlugin:amp_level=O1",
    "--plugins ApexMixedPrecisionPlugin:amp_level=O2",
    "--plugins ApexMixedPrecisionPlugin:amp_level=O3",
    "--strategy deepspeed --precision 16",
    "--strategy deepspeed --precision bf16",
    "--strategy ddp_sharded --precision bf16",
    "--strategy fsdp --precision bf16",
    "--accelerator tpu --emulate",
    "--accelerator tpu --emulate --precision bf16",
    "--accelerator hpu --emulate --precision bf16",
    "--accelerator ipu --emulate --precision 16"
  };

  private static final Map<String, Argument<?>> BY_NAME =
      TrainerArguments.all().stream()
          .collect(Collectors.toMap(Argument::name, Function.identity()));

  private Line() {}

  /** For example {@code --precision bf16 --emulate}; a flag alone means true. */
  static Arguments over(Arguments arguments, String line) {
    Arguments result = arguments;
    for (String given : line.strip().split("(^| )--")) {
      if (!given.isBlank()) {
        String[] words = given.strip().split(" ", 2);
        result = result.read(BY_NAME.get(words[0]), words.length == 1 ? "true" : words[1], line);
      }
    }
    return result;
  }
}
