package dev.forebay.control;

import dev.forebay.dialect.Usage;
import dev.forebay.prices.Cost;

/// The sum of some usage rows. Immutable.
///
/// @param completed how many of the requests reached their end
/// @param attempts over all requests
/// @param rescued how many of them completed although an attempt before had failed
/// @param estimated how many of the requests have estimated usage
/// @param unpriced how many of the requests cost something that nobody knows
/// @param usage the sum; its `estimated` says whether any part of it is an estimate
/// @param cost the sum of what is known
public record Total(
    long requests,
    long completed,
    long attempts,
    long rescued,
    long estimated,
    long unpriced,
    Usage usage,
    Cost cost) {

  /// The total of one row.
  public static Total of(UsageRow row) {
    Cost cost = row.cost();
    return new Total(
        1,
        row.completed() ? 1 : 0,
        row.attempts(),
        row.rescued() ? 1 : 0,
        row.usage().estimated() ? 1 : 0,
        cost == null ? 1 : 0,
        row.usage(),
        cost == null ? Cost.ZERO : cost);
  }

  /// Both together.
  public Total plus(Total other) {
    return new Total(
        requests + other.requests,
        completed + other.completed,
        attempts + other.attempts,
        rescued + other.rescued,
        estimated + other.estimated,
        unpriced + other.unpriced,
        sum(usage, other.usage),
        cost.plus(other.cost));
  }

  private static Usage sum(Usage a, Usage b) {
    return new Usage(
        a.inFresh() + b.inFresh(),
        a.inCacheRead() + b.inCacheRead(),
        a.inCacheWrite5m() + b.inCacheWrite5m(),
        a.inCacheWrite1h() + b.inCacheWrite1h(),
        a.outVisible() + b.outVisible(),
        a.outReasoning() + b.outReasoning(),
        a.toolIn() + b.toolIn(),
        a.audioIn() + b.audioIn(),
        a.audioOut() + b.audioOut(),
        a.imageIn() + b.imageIn(),
        a.imageOut() + b.imageOut(),
        a.estimated() || b.estimated());
  }
}
