package io.levin.precision;

/** Something that was switched on and must be switched off, also after an exception. */
@FunctionalInterface
public interface Scope extends AutoCloseable {
  Scope NONE = () -> {};

  @Override
  void close();
}
