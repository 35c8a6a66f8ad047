package io.levin.testkit.assertions;

import io.levin.plan.Answer;
import io.levin.plan.Conflict;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;

/** Assertions about what an offer says to a request. */
public final class AnswerAssert extends AbstractAssert<AnswerAssert, Answer> {
  public AnswerAssert(Answer actual) {
    super(actual, AnswerAssert.class);
  }

  /** It fits, with or without objections. */
  public AnswerAssert fits() {
    isInstanceOf(Answer.Fits.class);
    return this;
  }

  public AnswerAssert isNotConcerned() {
    isInstanceOf(Answer.NotConcerned.class);
    return this;
  }

  /** It refuses, with a conflict that holds each of the texts. */
  public AnswerAssert refuses(String... texts) {
    isInstanceOf(Answer.Refuses.class);
    told(((Answer.Refuses) actual).conflicts(), texts);
    return this;
  }

  public AnswerAssert withoutObjections() {
    fits();
    if (!((Answer.Fits) actual).objections().isEmpty()) {
      failWithMessage("It objects: %s", ((Answer.Fits) actual).objections());
    }
    return this;
  }

  /** It fits, but objects with a conflict that holds each of the texts. */
  public AnswerAssert objects(String... texts) {
    fits();
    told(((Answer.Fits) actual).objections(), texts);
    return this;
  }

  /** It cannot be had: it refuses, or fits and objects. */
  public AnswerAssert isAgainstIt(String... texts) {
    return actual instanceof Answer.Refuses ? refuses(texts) : objects(texts);
  }

  /** It fits and warns with a sentence that holds each of the texts. */
  public AnswerAssert warns(String... texts) {
    fits();
    List<String> warnings = ((Answer.Fits) actual).warnings();
    if (warnings.stream().noneMatch(warning -> holds(warning, texts))) {
      failWithMessage("Expected a warning with %s among %s.", List.of(texts), warnings);
    }
    return this;
  }

  public AnswerAssert sets(String setting, Object value) {
    fits();
    Object found = ((Answer.Fits) actual).settings().get(setting);
    if (!Objects.equals(found, value)) {
      failWithMessage("Expected setting %s to be %s, but it is %s.", setting, value, found);
    }
    return this;
  }

  private void told(List<Conflict> conflicts, String... texts) {
    boolean isTold = conflicts.stream().anyMatch(c -> holds(c.message() + "\n" + c.hint(), texts));
    if (!isTold) {
      failWithMessage("Expected a conflict with %s among %s.", List.of(texts), conflicts);
    }
  }

  private static boolean holds(String text, String... parts) {
    return List.of(parts).stream().allMatch(text::contains);
  }
}
