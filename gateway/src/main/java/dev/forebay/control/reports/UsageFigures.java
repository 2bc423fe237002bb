package dev.forebay.control.reports;

import dev.forebay.control.Total;
import dev.forebay.dialect.Usage;
import dev.forebay.prices.Cost;

/// What some requests used. Immutable.
///
/// @param failed requests whose answer did not reach its end
/// @param freshInput input that no cache was involved in, results of server tools included
/// @param cacheRead input read from the prompt cache
/// @param cacheWrite input written to it
/// @param output visible output
/// @param cost what is known of it
/// @param saved what the input would have cost more without a cache: what was spared in reading,
///   less what writing cost on top; negative while more was written than read
public record UsageFigures(
    long requests,
    long failed,
    long freshInput,
    long cacheRead,
    long cacheWrite,
    long output,
    long reasoning,
    Cost cost,
    Cost saved) {

  /// Nothing.
  public static final UsageFigures NONE =
      new UsageFigures(0, 0, 0, 0, 0, 0, 0, Cost.ZERO, Cost.ZERO);

  static UsageFigures of(Total total, Cost saved) {
    Usage usage = total.usage();
    return new UsageFigures(
        total.requests(),
        total.requests() - total.completed(),
        usage.inFresh() + usage.toolIn(),
        usage.inCacheRead(),
        usage.inCacheWrite5m() + usage.inCacheWrite1h(),
        usage.outVisible(),
        usage.outReasoning(),
        total.cost(),
        saved);
  }

  /// Both together.
  public UsageFigures plus(UsageFigures other) {
    return new UsageFigures(
        requests + other.requests,
        failed + other.failed,
        freshInput + other.freshInput,
        cacheRead + other.cacheRead,
        cacheWrite + other.cacheWrite,
        output + other.output,
        reasoning + other.reasoning,
        cost.plus(other.cost),
        saved.plus(other.saved));
  }

  /// All tokens together.
  public long tokens() {
    return freshInput + cacheRead + cacheWrite + output + reasoning;
  }
}
