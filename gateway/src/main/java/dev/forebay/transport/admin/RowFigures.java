package dev.forebay.transport.admin;

import dev.forebay.pool.KeyView;
import dev.forebay.telemetry.live.KeyFigures;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/// What of a key's row changes with every request. Immutable.
///
/// Figures are whole numbers, counted in the last digit that a page shows: what looks the same is
/// the same, and comparing and writing hundreds of rows costs little.
final class RowFigures {

  private static final long UNKNOWN = Long.MIN_VALUE;

  /// One figure by its name in the contract; those of the budget stand last, and together.
  private enum Figure {
    IN_FLIGHT("inFlight", 0),
    SHARE("share", 3),
    TOKENS_PER_MINUTE("tokensPerMinute", 0),
    REQUESTS_PER_MINUTE("requestsPerMinute", 1),
    LATENCY_P50("latencyP50", 1),
    LATENCY_P95("latencyP95", 1),
    SERVED("served", 0),
    THROTTLED("throttled", 0),
    FAILED("failed", 0),
    ERROR_RATE("errorRate", 4),
    USED_TOKENS("usedTokens", 0),
    RESERVED_TOKENS("reservedTokens", 0),
    USED_USD("usedUsd", 4),
    RESERVED_USD("reservedUsd", 4);

    static final List<Figure> ALL = List.of(values());

    final String id;
    final String begin;
    final int digits;
    final long scale;

    Figure(String id, int digits) {
      this.id = id;
      this.begin = "\"" + id + "\":";
      this.digits = digits;
      this.scale = (long) Math.pow(10, digits);
    }

    boolean isOfBudget() {
      return compareTo(USED_TOKENS) >= 0;
    }
  }

  private final long[] values;

  private RowFigures(long[] values) {
    this.values = values;
  }

  static RowFigures of(KeyView key, KeyFigures lately) {
    long[] values = new long[Figure.ALL.size()];
    values[Figure.IN_FLIGHT.ordinal()] = key.inFlight();
    put(values, Figure.SHARE, key.shareOfTraffic());
    put(values, Figure.TOKENS_PER_MINUTE, key.tokensPerMinute());
    put(values, Figure.REQUESTS_PER_MINUTE, lately.requestsPerMinute());
    boolean measured = !key.latencyP50().isZero();
    values[Figure.LATENCY_P50.ordinal()] = measured ? latency(key.latencyP50()) : UNKNOWN;
    values[Figure.LATENCY_P95.ordinal()] = measured ? latency(key.latencyP95()) : UNKNOWN;
    values[Figure.SERVED.ordinal()] = key.served();
    values[Figure.THROTTLED.ordinal()] = key.throttled();
    values[Figure.FAILED.ordinal()] = key.failed();
    put(values, Figure.ERROR_RATE, lately.errorRate());
    values[Figure.USED_TOKENS.ordinal()] = key.usedToday();
    values[Figure.RESERVED_TOKENS.ordinal()] = key.reservedTokens();
    put(values, Figure.USED_USD, Values.dollars(key.usedTodayNanoDollars()));
    put(values, Figure.RESERVED_USD, Values.dollars(key.reservedNanoDollars()));
    return new RowFigures(values);
  }

  private static void put(long[] values, Figure figure, double value) {
    values[figure.ordinal()] = Math.round(value * figure.scale);
  }

  /// Tenths of a millisecond; whole milliseconds from ten on.
  private static long latency(Duration latency) {
    long tenths = Math.round(latency.toNanos() / 1e5);
    return tenths < 100 ? tenths : (tenths + 5) / 10 * 10;
  }

  /// Whether something is unknown here that was known before.
  boolean forgets(RowFigures before) {
    long known = before.values[Figure.LATENCY_P50.ordinal()];
    return known != UNKNOWN && values[Figure.LATENCY_P50.ordinal()] == UNKNOWN;
  }

  /// Puts all of them in a row, and those of the budget in its budget.
  void putIn(JsonObject row, JsonObject budget) {
    for (Figure figure : Figure.ALL) {
      long value = values[figure.ordinal()];
      if (value != UNKNOWN) {
        JsonObject into = figure.isOfBudget() ? budget : row;
        if (figure.digits == 0) {
          into.put(figure.id, value);
        } else {
          into.put(figure.id, (double) value / figure.scale);
        }
      }
    }
  }

  /// Writes those that are other than before as members of an object that has begun, each behind a
  /// comma.
  void changes(RowFigures before, StringBuilder text) {
    boolean budget = false;
    for (Figure figure : Figure.ALL) {
      long value = values[figure.ordinal()];
      if (value == before.values[figure.ordinal()] || value == UNKNOWN) {
        continue;
      }
      if (figure.isOfBudget() && !budget) {
        budget = true;
        text.append(",\"budget\":{");
      } else {
        text.append(',');
      }
      decimal(value, figure, text.append(figure.begin));
    }
    if (budget) {
      text.append('}');
    }
  }

  /// No figure is negative.
  private static void decimal(long value, Figure figure, StringBuilder text) {
    text.append(value / figure.scale);
    long rest = value % figure.scale;
    if (rest == 0) {
      return;
    }
    text.append('.');
    for (long digit = figure.scale / 10; digit > 0 && rest > 0; digit /= 10) {
      text.append((char) ('0' + rest / digit));
      rest %= digit;
    }
  }
}
