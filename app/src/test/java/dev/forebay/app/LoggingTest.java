package dev.forebay.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoggingTest {

  private static String line(String logger, Level level, @Nullable Throwable thrown) {
    LoggerContext context = new LoggerContext();
    return new Logging.Line()
        .doLayout(
            new LoggingEvent(
                "", context.getLogger(logger), level, "{} of {}", thrown, new Object[] {1, 2}));
  }

  @Test
  void aLineSaysWhenHowBadAndWho() {
    assertThat(line("dev.forebay.storage.sql.Migrations", Level.WARN, null))
        .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARN  Migrations - 1 of 2\\R");
    assertThat(line("keys", Level.ERROR, null)).contains(" ERROR keys - 1 of 2");
  }

  @Test
  void whatWasThrownFollows() {
    assertThat(line("x", Level.INFO, new IllegalStateException("broken")))
        .contains("INFO  x - 1 of 2", "java.lang.IllegalStateException: broken", "\tat ");
  }

  @Test
  void aFileForTestsCountsBeforeIt() {
    assertThat(new Logging().configure(new LoggerContext()))
        .isEqualTo(ExecutionStatus.INVOKE_NEXT_IF_ANY);
  }
}
