package io.levin.checkpoint.torch;

import io.levin.checkpoint.Tuple;

/** Gives what a pickle's persistent ids mean: the storages beside the pickle. */
@FunctionalInterface
interface PersistentIds {
  /**
   * @throws IllegalArgumentException when there is none such, saying why
   */
  Storage storage(Tuple id);
}
