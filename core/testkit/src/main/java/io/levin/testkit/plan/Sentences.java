package io.levin.testkit.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.levin.plan.Answer;
import io.levin.plan.Conflict;

/** What users read is whole sentences, and says what to do. */
public final class Sentences {
  private Sentences() {}

  public static void check(Answer answer) {
    if (answer instanceof Answer.Fits fits) {
      clause(fits.why());
      fits.warnings().forEach(Sentences::sentence);
      fits.objections().forEach(Sentences::conflict);
    } else if (answer instanceof Answer.Refuses refuses) {
      refuses.conflicts().forEach(Sentences::conflict);
    } else if (answer instanceof Answer.NotConcerned not) {
      clause(not.why());
    }
  }

  public static void conflict(Conflict conflict) {
    assertThat(conflict.about()).as("what '%s' is about", conflict.message()).isNotEmpty();
    sentence(conflict.message());
    sentence(conflict.hint());
  }

  /** Something that ends with a full stop or goes on after a colon, without control characters. */
  public static void sentence(String text) {
    assertThat(text).isNotBlank().doesNotContain("\tat ", "java.lang.");
    assertThat(text.strip()).as("a whole sentence").matches("(?s).*[.!?:)\\]'a-z0-9]");
    assertThat(text.codePoints().filter(Character::isISOControl).filter(c -> c != '\n').count())
        .as("control characters in '%s'", text)
        .isZero();
    assertThat(text.length()).as("length of '%s'", text).isLessThan(1500);
  }

  /** Completes "chosen because …", so it has no full stop. */
  private static void clause(String text) {
    assertThat(text).isNotBlank();
    assertThat(text.endsWith(".")).as("'%s' ends with a full stop", text).isFalse();
  }
}
