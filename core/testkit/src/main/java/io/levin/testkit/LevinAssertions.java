package io.levin.testkit;

import io.levin.checkpoint.Checkpoint;
import io.levin.plan.Answer;
import io.levin.plan.PlanReport;
import io.levin.testkit.assertions.AnswerAssert;
import io.levin.testkit.assertions.CheckpointAssert;
import io.levin.testkit.assertions.FailureAssert;
import io.levin.testkit.assertions.PlanReportAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** AssertJ's assertions and those about Levin's values, under one name. */
public class LevinAssertions extends Assertions {
  protected LevinAssertions() {}

  public static CheckpointAssert assertThat(Checkpoint checkpoint) {
    return new CheckpointAssert(checkpoint);
  }

  public static AnswerAssert assertThat(Answer answer) {
    return new AnswerAssert(answer);
  }

  public static PlanReportAssert assertThat(PlanReport report) {
    return new PlanReportAssert(report);
  }

  /** Runs something that must fail, for assertions about what the user is told. */
  public static FailureAssert assertThatRefused(ThrowingCallable call) {
    return new FailureAssert(catchThrowable(call));
  }
}
