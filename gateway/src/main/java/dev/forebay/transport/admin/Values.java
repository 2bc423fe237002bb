package dev.forebay.transport.admin;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// How values are written in the API: instants to the millisecond, latencies in milliseconds, money
/// in dollars, and nothing for what is not known.
final class Values {

  private Values() {}

  static String instant(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  static void put(JsonObject json, String name, @Nullable Object value) {
    switch (value) {
      case null -> {}
      case Instant at -> json.put(name, instant(at));
      default -> json.put(name, value);
    }
  }

  /// Milliseconds to a tenth.
  static double millis(long nanos) {
    return Math.round(nanos / 1e5) / 10.0;
  }

  static double millis(Duration duration) {
    return millis(duration.toNanos());
  }

  static double dollars(long nanoDollars) {
    return nanoDollars / 1e9;
  }

  /// To so many digits after the point, so that what looks the same is the same.
  static double rounded(double value, int digits) {
    double scale = Math.pow(10, digits);
    return Math.round(value * scale) / scale;
  }
}
