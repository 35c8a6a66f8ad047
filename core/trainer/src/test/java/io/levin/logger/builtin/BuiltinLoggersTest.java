package io.levin.logger.builtin;

import static io.levin.arguments.TrainerArguments.LOGGERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levin.LevinException;
import io.levin.MisconfigurationException;
import io.levin.arguments.Arguments;
import io.levin.logger.Logger;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuiltinLoggersTest {
  private static List<Logger> of(List<String> ids) {
    return BuiltinLoggers.of(SamplePlan.of(Arguments.none().with(LOGGERS, ids)));
  }

  @Test
  void withoutTheArgumentThereAreAllThree() {
    assertThat(BuiltinLoggers.of(SamplePlan.of(Arguments.none())))
        .extracting(Logger::id)
        .containsExactly("csv", "tensorboard", "html");
  }

  @Test
  void anIdGivenTwiceMakesOneLogger() {
    assertThat(of(List.of("html", "csv", "html")))
        .extracting(Logger::id)
        .containsExactly("html", "csv");
  }

  @Test
  void noneMakesNoLogger() {
    Arguments none = Arguments.none().read(LOGGERS, "none", "--loggers");
    assertThat(BuiltinLoggers.of(SamplePlan.of(none))).isEmpty();
  }

  @Test
  void anUnknownIdIsNamedWithWhatThereIsAndWhatWasMeant() {
    assertThatThrownBy(() -> of(List.of("csv", "tensorbord")))
        .isInstanceOf(MisconfigurationException.class)
        .hasMessage("There is no logger 'tensorbord'. There are csv, tensorboard, html.")
        .extracting(e -> ((LevinException) e).hint())
        .asString()
        .startsWith("Did you mean 'tensorboard'? Give --loggers");
  }
}
