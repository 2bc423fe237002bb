package dev.forebay.storage.sql;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets Flyway's warnings through to the log. What it would tell of an error, its exception tells
/// too; the rest interests nobody. Flyway makes it by name.
public final class QuietFlyway implements LogCreator {

  @Override
  public Log createLogger(Class<?> owner) {
    return new Warnings(LoggerFactory.getLogger(owner));
  }

  private record Warnings(Logger logger) implements Log {

    @Override
    public void debug(String message) {}

    @Override
    public void info(String message) {}

    @Override
    public void notice(String message) {}

    @Override
    public void warn(String message) {
      logger.warn(message);
    }

    @Override
    public void error(String message) {}

    @Override
    public void error(String message, Exception e) {}
  }
}
