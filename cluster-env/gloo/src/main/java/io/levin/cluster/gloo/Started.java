package io.levin.cluster.gloo;

import ai.djl.engine.EngineException;
import io.levin.LevinException;
import io.levin.collective.CollectiveException;
import io.levin.collective.Pending;

/** An operation under way, and what became of it. */
final class Started implements Pending {
  private final Session session;
  private final Signature signature;
  private final Work work;
  private final Thread starter = Thread.currentThread();
  private boolean done;
  private CollectiveException failure;

  Started(Session session, Signature signature, Work work) {
    this.session = session;
    this.signature = signature;
    this.work = work;
  }

  /** Whether the calling thread can wait for it: libtorch keeps a list of work for each thread. */
  boolean isOurs() {
    return Thread.currentThread() == starter;
  }

  @Override
  public void await() {
    if (!isOurs()) {
      throw LevinException.user(
          "The %s was started on thread %s, and is awaited on %s."
              .formatted(
                  signature.operation(), starter.getName(), Thread.currentThread().getName()),
          "Await it on the thread that started it.");
    }
    if (!done) {
      done = true;
      try {
        work.finish();
      } catch (EngineException e) {
        failure = session.failed(signature, e.getMessage());
        work.drain();
      } finally {
        work.close();
        session.ended(this);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
