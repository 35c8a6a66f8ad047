package io.levin.collective;

import org.osgi.annotation.versioning.ProviderType;

/**
 * An operation under way. Its arrays must not be read, written or closed before {@link #await} has
 * returned. Every pending operation must be awaited once; a group that is closed awaits what is
 * left.
 */
@ProviderType
public interface Pending extends AutoCloseable {
  /**
   * Waits for the result, for as long as the group's timeout at most; on the thread that started
   * it. Again after that it does nothing, or throws the same failure.
   *
   * @throws CollectiveException when a rank failed
   */
  void await();

  /** The same as {@link #await}. */
  @Override
  default void close() {
    await();
  }
}
