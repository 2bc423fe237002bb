package dev.forebay.simulator;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Limits that are used up together: an organisation's for one model group, or a key's own.
///
/// Not thread-safe: every call is made under the lock of the [Account].
final class LimitGroup {

  private final List<Meter> meters = new ArrayList<>();

  LimitGroup(Limits limits, ZoneId zone, long now) {
    add(Dimension.REQUESTS_PER_MINUTE, limits.requestsPerMinute(), zone, now);
    add(Dimension.TOKENS_PER_MINUTE, limits.tokensPerMinute(), zone, now);
    add(Dimension.INPUT_TOKENS_PER_MINUTE, limits.inputTokensPerMinute(), zone, now);
    add(Dimension.OUTPUT_TOKENS_PER_MINUTE, limits.outputTokensPerMinute(), zone, now);
    add(Dimension.REQUESTS_PER_DAY, limits.requestsPerDay(), zone, now);
    add(Dimension.TOKENS_PER_DAY, limits.tokensPerDay(), zone, now);
  }

  private void add(Dimension dimension, long limit, ZoneId zone, long now) {
    if (limit > 0) {
      meters.add(new Meter(dimension, limit, zone, now));
    }
  }

  /// The first limit that can not bear `demand`, or null.
  @Nullable Meter shortOf(Demand demand, long now) {
    for (Meter meter : meters) {
      if (!meter.has(demand.of(meter.dimension()), now)) {
        return meter;
      }
    }
    return null;
  }

  void take(Demand demand) {
    for (Meter meter : meters) {
      if (meter.dimension() != Dimension.OUTPUT_TOKENS_PER_MINUTE) {
        meter.take(demand.of(meter.dimension()));
      }
    }
  }

  /// Counts a request that was refused for its tokens, if there is a request left to count.
  void takeRequest(long now) {
    for (Meter meter : meters) {
      if (meter.dimension().ofRequests() && meter.has(1, now)) {
        meter.take(1);
      }
    }
  }

  /// Counts what became known only afterwards.
  void settle(Settlement settlement, long now) {
    for (Meter meter : meters) {
      // Refilled before it is lowered, so that a midnight in between forgets the old day first.
      meter.remaining(now);
      switch (meter.dimension()) {
        case TOKENS_PER_MINUTE -> meter.take(settlement.minuteTokens());
        case TOKENS_PER_DAY -> meter.take(settlement.dayTokens());
        case INPUT_TOKENS_PER_MINUTE -> meter.take(settlement.inputTokens());
        case OUTPUT_TOKENS_PER_MINUTE -> meter.take(settlement.outputTokens());
        case REQUESTS_PER_MINUTE, REQUESTS_PER_DAY -> {}
      }
    }
  }

  Headroom headroom(long now) {
    if (meters.isEmpty()) {
      return Headroom.UNLIMITED;
    }
    List<Headroom.Gauge> gauges = new ArrayList<>(meters.size());
    for (Meter meter : meters) {
      gauges.add(
          new Headroom.Gauge(
              meter.dimension(), meter.limit(), meter.remaining(now), meter.nanosUntilFull(now)));
    }
    return new Headroom(gauges);
  }
}
