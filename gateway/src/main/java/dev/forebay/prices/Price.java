package dev.forebay.prices;

import dev.forebay.dialect.Usage;
import dev.forebay.pool.TokenPrice;
import java.util.List;

/// What a model costs. Immutable.
///
/// The tier is chosen by the whole input of a request, cached parts included, and holds for all of
/// its tokens, not only for those above the threshold.
///
/// @param tiers by rising threshold, the first from 0
public record Price(List<Tier> tiers) {

  /// An estimate of the input is seldom off by more than a quarter.
  private static final int ERROR = 4;

  /// @param from the least input, in tokens, that these rates hold for
  public record Tier(long from, Rates rates) {}

  public Price {
    tiers = List.copyOf(tiers);
    long before = -1;
    for (Tier tier : tiers) {
      if (tier.from() <= before || before < 0 && tier.from() != 0) {
        throw new IllegalArgumentException(
            "tiers: " + tiers + " (expected: rising thresholds, the first 0)");
      }
      before = tier.from();
    }
    if (tiers.isEmpty()) {
      throw new IllegalArgumentException("tiers: none (expected: at least one)");
    }
  }

  /// The same rates for every request.
  public static Price flat(Rates rates) {
    return new Price(List.of(new Tier(0, rates)));
  }

  /// What an answer with this usage costs.
  public Cost of(Usage usage) {
    return rates(usage.input()).of(usage);
  }

  /// What caching saved of several requests' cost. Negative while more was written than read.
  ///
  /// Their sum does not say in which tier each of them was: that is concluded from what they cost.
  /// It is exact when all were in one tier, and else when cached input is the same share of the
  /// input in each.
  ///
  /// @param sum of their usage
  /// @param paid what they cost together, as far as it is known
  public Cost saved(Usage sum, Cost paid) {
    Rates rates = tiers.getFirst().rates();
    double cost = rates.ofSum(sum).nanoDollars();
    double saved = rates.saved(sum);
    for (int i = 1; i < tiers.size() && cost < paid.nanoDollars(); i++) {
      Rates next = tiers.get(i).rates();
      double dearer = next.ofSum(sum).nanoDollars();
      double share =
          dearer <= cost ? 1 : Math.min(1, (paid.nanoDollars() - cost) / (dearer - cost));
      saved += share * (next.saved(sum) - saved);
      cost = dearer;
    }
    return new Cost(Math.round(saved));
  }

  /// What a token of a request is expected to cost, and may cost at most.
  ///
  /// @param inputTokens the estimated input
  public TokenPrice expected(long inputTokens) {
    Rates likely = rates(inputTokens);
    Rates highest = rates(inputTokens + inputTokens / ERROR + 1);
    return new TokenPrice(
        likely.input(),
        likely.output(),
        Math.max(likely.mostInput(), highest.mostInput()),
        Math.max(likely.mostOutput(), highest.mostOutput()));
  }

  /// The rates of a request with that much input.
  public Rates rates(long inputTokens) {
    int last = tiers.size() - 1;
    while (last > 0 && tiers.get(last).from() > inputTokens) {
      last--;
    }
    return tiers.get(last).rates();
  }
}
