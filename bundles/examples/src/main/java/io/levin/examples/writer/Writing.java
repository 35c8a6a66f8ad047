package io.levin.examples.writer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.levin.precision.Scope;
import io.levin.torch.Casts;
import io.levin.trainer.Trainer;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;

/** Lets a trained model write names, character by character. */
final class Writing {
  private static final int AT_ONCE = 40;
  private static final int ROUNDS = 25;

  private final NameWriter module;
  private final Alphabet alphabet;
  private final double temperature;
  private final Random random;

  /**
   * @param temperature below 1 it writes what is likely, above 1 what is odd
   */
  Writing(NameWriter module, Alphabet alphabet, double temperature, long seed) {
    this.module = module;
    this.alphabet = alphabet;
    this.temperature = temperature;
    this.random = new Random(seed);
  }

  /** Different names that are not among the known ones: as many as wanted, if it can. */
  Set<String> names(int wanted, Collection<String> known, Trainer trainer) {
    Set<String> names = new LinkedHashSet<>();
    for (int round = 0; round < ROUNDS && names.size() < wanted; round++) {
      try (NDManager manager = NDManager.newBaseManager(trainer.strategy().device());
          Scope scope = trainer.precision().forwardContext()) {
        for (String name : write(manager)) {
          if (!name.isEmpty() && !known.contains(name) && names.size() < wanted) {
            names.add(name);
          }
        }
      }
    }
    return names;
  }

  /** Several at once; one that does not end within the context is empty. */
  private String[] write(NDManager manager) {
    int context = NameWriter.CONTEXT;
    long[][] texts = new long[AT_ONCE][context + 1];
    for (int length = 1; length <= context; length++) {
      float[] logits = next(texts, length, manager);
      for (int i = 0; i < AT_ONCE; i++) {
        texts[i][length] = draw(logits, i * alphabet.size());
      }
    }
    String[] names = new String[AT_ONCE];
    for (int i = 0; i < AT_ONCE; i++) {
      names[i] = firstName(texts[i]);
    }
    return names;
  }

  private float[] next(long[][] texts, int length, NDManager manager) {
    long[] inputs = new long[AT_ONCE * length];
    for (int i = 0; i < AT_ONCE; i++) {
      System.arraycopy(texts[i], 0, inputs, i * length, length);
    }
    NDArray logits = module.forward(manager.create(inputs, new Shape(AT_ONCE, length)));
    return Casts.toFp32(logits.get(new NDIndex(":, -1"))).toFloatArray();
  }

  /** Draws a number with the odds that logits from {@code start} give. */
  private int draw(float[] logits, int start) {
    double[] odds = new double[alphabet.size()];
    double sum = 0;
    for (int i = 0; i < odds.length; i++) {
      odds[i] = Math.exp(logits[start + i] / temperature);
      sum += odds[i];
    }
    double point = random.nextDouble() * sum;
    int drawn = 0;
    while (drawn < odds.length - 1 && point >= odds[drawn]) {
      point -= odds[drawn++];
    }
    return drawn;
  }

  private String firstName(long[] text) {
    StringBuilder name = new StringBuilder();
    for (int i = 1; i < text.length; i++) {
      if (text[i] == Alphabet.END) {
        return name.toString();
      }
      name.append(alphabet.character((int) text[i]));
    }
    return "";
  }
}
