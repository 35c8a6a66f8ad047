package io.levin.testkit;

import io.levin.checkpoint.Checkpoint;
import io.levin.testkit.assertions.CheckpointAssert;
import io.levin.testkit.assertions.FailureAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** AssertJ's assertions and those about Levin's values, under one name. */
public class LevinAssertions extends Assertions {
  protected LevinAssertions() {}

  public static CheckpointAssert assertThat(Checkpoint checkpoint) {
    return new CheckpointAssert(checkpoint);
  }

  /** Runs something that must fail, for assertions about what the user is told. */
  public static FailureAssert assertThatRefused(ThrowingCallable call) {
    return new FailureAssert(catchThrowable(call));
  }
}
