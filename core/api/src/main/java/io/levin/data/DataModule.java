package io.levin.data;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** All data of one task. Loaders that are not needed stay empty. */
@ConsumerType
public interface DataModule {
  /** Reads and prepares; called once on every process before any loader is asked for. */
  default void setup() {}

  /** Training data; null when this task does not train. */
  default Loader train() {
    return null;
  }

  default List<Loader> validation() {
    return List.of();
  }

  default List<Loader> test() {
    return List.of();
  }

  default List<Loader> predict() {
    return List.of();
  }

  /** Data to train on, and to validate with. */
  static DataModule of(Loader train, Loader... validation) {
    return new DataModule() {
      @Override
      public Loader train() {
        return train;
      }

      @Override
      public List<Loader> validation() {
        return List.of(validation);
      }
    };
  }
}
