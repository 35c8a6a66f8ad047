package io.levin.core;

/** Batches in order. The taker closes each batch; closing the stream frees those made ahead. */
interface BatchStream extends AutoCloseable {
  Batch next();

  @Override
  void close();
}
