package dev.forebay.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the process says of itself goes to standard error; `FOREBAY_LOG=debug` says more, and
/// `FOREBAY_LOG_OTHERS` the same of the libraries.
///
/// In code, because reading the same from XML takes a sixth of the time of a start. Where there is
/// a `logback-test.xml`, or `logback.configurationFile` names a file, that one counts.
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class Logging extends ContextAwareBase implements Configurator {

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (System.getProperty("logback.configurationFile") != null
        || Logging.class.getResource("/logback-test.xml") != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    Line line = new Line();
    line.setContext(context);
    line.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setLayout(line);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setName("stderr");
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();

    String level = variable("FOREBAY_LOG");
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.toLevel(variable("FOREBAY_LOG_OTHERS"), Level.WARN));
    root.addAppender(appender);
    context.getLogger("dev.forebay").setLevel(Level.toLevel(level, Level.INFO));
    context.getLogger("keys").setLevel(Level.toLevel(level, Level.INFO));
    // A first start makes its tables; only somebody who asks for more wants to read of it.
    context
        .getLogger("dev.forebay.storage.sql.Migrations")
        .setLevel(Level.toLevel(level, Level.WARN));
    // A provider that resets a connection is an outcome, which has its own place in the access log.
    context.getLogger("io.vertx.core.net.impl.ConnectionBase").setLevel(Level.OFF);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /// Of the environment, unless a command decided.
  private static @Nullable String variable(String name) {
    String decided = System.getProperty(name);
    return decided != null ? decided : System.getenv(name);
  }

  /// `2026-01-31 13:14:15.678 WARN Migrations - words`, and what was thrown below it.
  static final class Line extends LayoutBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT)
            .withZone(ZoneId.systemDefault());
    private static final int WIDEST_LEVEL = 5;

    @Override
    public String doLayout(ILoggingEvent event) {
      StringBuilder line = new StringBuilder();
      TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
      String level = event.getLevel().toString();
      line.append(' ').append(level).repeat(' ', 1 + WIDEST_LEVEL - level.length());
      String logger = event.getLoggerName();
      line.append(logger, logger.lastIndexOf('.') + 1, logger.length())
          .append(" - ")
          .append(event.getFormattedMessage())
          .append(System.lineSeparator());
      @Nullable IThrowableProxy thrown = event.getThrowableProxy();
      if (thrown != null) {
        line.append(ThrowableProxyUtil.asString(thrown));
      }
      return line.toString();
    }
  }
}
