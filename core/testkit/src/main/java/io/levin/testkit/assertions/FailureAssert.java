package io.levin.testkit.assertions;

import io.levin.LevinException;
import org.assertj.core.api.AbstractThrowableAssert;

/** Assertions about how a failure is told. */
public final class FailureAssert extends AbstractThrowableAssert<FailureAssert, Throwable> {
  public FailureAssert(Throwable actual) {
    super(actual, FailureAssert.class);
  }

  /**
   * It is a failure that Levin reports on purpose: a sentence or more that says what is wrong with
   * which input, and what to do now.
   *
   * @param about texts that tell the user which input is meant
   */
  public FailureAssert isToldToTheUser(Object... about) {
    isInstanceOf(LevinException.class);
    LevinException failure = (LevinException) actual;
    for (Object text : about) {
      hasMessageContaining(text.toString());
    }
    if (failure.hint().isBlank()) {
      failWithMessage("'%s' does not say what to do now.", failure.getMessage());
    }
    if (failure.getMessage().contains("java.lang.") || failure.getMessage().contains("\tat ")) {
      failWithMessage("'%s' is not for users to read.", failure.getMessage());
    }
    return this;
  }

  /** Its hint holds a text. */
  public FailureAssert hints(String text) {
    isInstanceOf(LevinException.class);
    LevinException failure = (LevinException) actual;
    if (!failure.hint().contains(text)) {
      failWithMessage("Expected '%s' in the hint '%s'.", text, failure.hint());
    }
    return this;
  }
}
