package dev.forebay.app;

import dev.forebay.pool.KeyView;
import dev.forebay.pool.PoolListener;
import dev.forebay.pool.ScopedCooling;
import dev.forebay.pool.Status;
import dev.forebay.prices.Cost;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes to the log what happens to keys. *Thread-safe.*
///
/// A key that needs a person is a warning; throttling is the pool's daily bread and shows at debug
/// level only.
final class StatusLog implements PoolListener {
  private static final Logger LOG = LoggerFactory.getLogger("keys");

  private final DateTimeFormatter time;

  StatusLog(ZoneId zone) {
    this.time = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(zone);
  }

  @Override
  public void statusChanged(Status before, KeyView key) {
    switch (key.status()) {
      case Status.Open _ -> LOG.debug("{}/{} is healthy again", key.provider(), key.name());
      case Status.Cooling(Instant until, _, String reason, _, _) ->
          LOG.debug(
              "{}/{} is throttled until {}: {}",
              key.provider(),
              key.name(),
              time.format(until),
              reason);
      case Status.Spent(Instant until) ->
          LOG.info(
              "{}/{} has used its {} of today; back at {}",
              key.provider(),
              key.name(),
              budget(key),
              time.format(until));
      case Status.Rejected(String reason, _, _) ->
          LOG.warn("{}/{} was rejected by the provider: {}", key.provider(), key.name(), reason);
      case Status.Paused _ -> {
        // A key that a person lets go on is paused by its settings for a moment more.
        if (!(before instanceof Status.Paused)) {
          LOG.info("{}/{} is paused", key.provider(), key.name());
        }
      }
    }
  }

  @Override
  public void cooled(ScopedCooling cooling) {
    LOG.debug("{}", cooling);
  }

  /// The budget that is used up.
  private static String budget(KeyView key) {
    return key.usedTodayNanoDollars() >= key.dailyNanoDollars()
        ? new Cost(key.dailyNanoDollars()).toString()
        : key.dailyTokens() + " tokens";
  }
}
