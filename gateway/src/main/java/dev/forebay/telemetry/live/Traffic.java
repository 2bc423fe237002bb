package dev.forebay.telemetry.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Traffic by key, one point a second for fifteen minutes. Guarded by the figures.
///
/// A point holds keys that had traffic in its second only: what it takes grows with requests, not
/// with keys.
final class Traffic {

  /// With the provider's id behind it, stands for all its keys that are not named in a report.
  static final String OTHERS = "*";

  private static final int SECONDS = 900;
  private static final int MOST_POINTS = 150;
  private static final int MOST_KEYS = 60;

  private final @Nullable Second[] ring = new @Nullable Second[SECONDS];

  /// @param requests attempts that were served
  record Entry(String keyId, String provider, long tokens, int requests) {}

  private record Second(long number, Instant at, List<Entry> entries) {}

  void add(long number, Instant at, List<Entry> entries) {
    ring[(int) (number % SECONDS)] = new Second(number, at, List.copyOf(entries));
  }

  /// The points of the last seconds before `number`, which is not over yet.
  TrafficReport report(long number, Instant now, int seconds) {
    int step = Math.max(1, (seconds + MOST_POINTS - 1) / MOST_POINTS);
    int count = seconds / step;
    // Steps begin at multiples of themselves, so that a chart read again shows the same bars.
    long first = (number / step - count) * step;
    Set<String> named = largest(first, number);
    List<TrafficReport.Point> points = new ArrayList<>(count);
    for (long begin = first; begin < first + (long) count * step; begin += step) {
      Map<String, TrafficReport.Sum> sums = new LinkedHashMap<>();
      for (long at = begin; at < begin + step; at++) {
        Second second = ring[(int) Math.floorMod(at, (long) SECONDS)];
        if (second != null && second.number() == at) {
          second.entries().forEach(entry -> add(sums, entry, named));
        }
      }
      points.add(new TrafficReport.Point(now.minusSeconds(number - begin - step), sums));
    }
    return new TrafficReport(Duration.ofSeconds(step), points);
  }

  /// What a single second looked like.
  static TrafficReport.Point point(Instant at, List<Entry> entries) {
    Map<String, TrafficReport.Sum> sums = new LinkedHashMap<>();
    Set<String> named = new HashSet<>();
    entries.stream()
        .sorted(Comparator.comparingLong(Entry::tokens).reversed())
        .limit(MOST_KEYS)
        .forEach(entry -> named.add(entry.keyId()));
    entries.forEach(entry -> add(sums, entry, named));
    return new TrafficReport.Point(at, sums);
  }

  private static void add(Map<String, TrafficReport.Sum> sums, Entry entry, Set<String> named) {
    sums.merge(
        named.contains(entry.keyId()) ? entry.keyId() : OTHERS + entry.provider(),
        new TrafficReport.Sum(entry.tokens(), entry.requests()),
        TrafficReport.Sum::plus);
  }

  private Set<String> largest(long from, long to) {
    Map<String, Long> totals = new HashMap<>();
    for (Second second : ring) {
      if (second != null && second.number() >= from && second.number() < to) {
        second
            .entries()
            .forEach(entry -> totals.merge(entry.keyId(), entry.tokens() + 1, Long::sum));
      }
    }
    Set<String> named = new HashSet<>();
    totals.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(MOST_KEYS)
        .forEach(entry -> named.add(entry.getKey()));
    return named;
  }
}
