package dev.forebay.prices;

import java.math.BigDecimal;

/// An amount of money in billionths of a US dollar. Immutable.
///
/// @param nanoDollars 1_000_000_000 for one dollar
public record Cost(long nanoDollars) {

  /// Nothing.
  public static final Cost ZERO = new Cost(0);

  /// Nano-dollars in one dollar.
  public static final long NANOS_PER_DOLLAR = 1_000_000_000;

  private static final int DECIMALS = 9;

  /// Both together; a sum too large to count stays at the largest.
  public Cost plus(Cost other) {
    long sum = nanoDollars + other.nanoDollars;
    boolean overflown = ((nanoDollars ^ sum) & (other.nanoDollars ^ sum)) < 0;
    return new Cost(overflown ? Long.MAX_VALUE : sum);
  }

  /// The amount in dollars, exact.
  public BigDecimal dollars() {
    return BigDecimal.valueOf(nanoDollars, DECIMALS);
  }

  @Override
  public String toString() {
    BigDecimal plain = dollars().stripTrailingZeros();
    return "$" + plain.setScale(Math.max(2, plain.scale())).toPlainString();
  }
}
