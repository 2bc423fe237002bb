package dev.forebay.telemetry.live;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Recent traffic in evenly spaced points, the oldest first. Immutable.
public record TrafficReport(Duration step, List<Point> points) {

  /// @param at when the point's time was over
  /// @param sums by key id; `*openai` and the like stand for those of a provider's keys that are
  ///   too small to be named
  public record Point(Instant at, Map<String, Sum> sums) {}

  /// @param requests attempts that were served
  public record Sum(long tokens, int requests) {

    Sum plus(Sum other) {
      return new Sum(tokens + other.tokens, requests + other.requests);
    }
  }
}
