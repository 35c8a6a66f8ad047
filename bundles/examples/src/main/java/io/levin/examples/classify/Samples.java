package io.levin.examples.classify;

import static java.util.Objects.requireNonNull;

import io.levin.data.Dataset;
import java.util.List;

/**
 * Samples with what a person calls them and the class of each.
 *
 * @param rows rows of numbers and classes, for the network
 * @param texts what a person calls each sample
 * @param labels number of each sample's class
 */
public record Samples(Dataset rows, List<String> texts, long[] labels) {
  public Samples {
    requireNonNull(rows, "rows");
    if (rows.size() != texts.size() || texts.size() != labels.length) {
      throw new IllegalArgumentException("rows, texts and labels differ in number");
    }
  }
}
