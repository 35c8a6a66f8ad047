package io.levin.torch;

/**
 * Where something holds for the calling thread; closed on the same thread, also after a failure.
 */
public interface Region extends AutoCloseable {
  @Override
  void close();
}
