package dev.forebay.dialect.verdict;

import dev.forebay.dialect.HeaderLookup;
import java.time.Instant;

/// The headers in which a provider says when to come back.
final class Hints {

  private Hints() {}

  /// Nanoseconds until the provider wants to be asked again, or [Spans#UNKNOWN].
  ///
  /// `retry-after-ms` is the finer of the two and comes first, as in the official SDKs;
  /// `retry-after` is seconds, with or without a fraction, or an HTTP date.
  static long retryAfter(HeaderLookup headers, Instant now) {
    long nanos = Spans.millis(headers.get("retry-after-ms"));
    return nanos >= 0 ? nanos : coarse(headers, now);
  }

  /// The longer of `retry-after-ms` and `retry-after`.
  static long longestRetryAfter(HeaderLookup headers, Instant now) {
    return Math.max(Spans.millis(headers.get("retry-after-ms")), coarse(headers, now));
  }

  private static long coarse(HeaderLookup headers, Instant now) {
    String text = headers.get("retry-after");
    long nanos = Spans.nanos(text);
    return nanos >= 0 ? nanos : Moments.untilHttpDate(text, now);
  }
}
