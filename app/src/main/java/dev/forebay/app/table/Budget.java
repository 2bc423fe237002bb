package dev.forebay.app.table;

import dev.forebay.app.terminal.Figures;
import java.util.Locale;

/// What a key has used today, and of how much. *Immutable.*
///
/// @param daily [Long#MAX_VALUE] when there is no budget
/// @param words such as `12k of 2M`
public record Budget(long used, long reserved, long daily, String words) {

  /// A budget of tokens.
  public static Budget tokens(long used, long reserved, long daily) {
    String words =
        daily == Long.MAX_VALUE
            ? Figures.count(used) + ", no budget"
            : Figures.count(used) + " of " + Figures.count(daily);
    return new Budget(used, reserved, daily, words);
  }

  /// A budget of money.
  public static Budget dollars(long usedNanos, long reservedNanos, long dailyNanos) {
    return new Budget(
        usedNanos, reservedNanos, dailyNanos, dollars(usedNanos) + " of " + dollars(dailyNanos));
  }

  private static String dollars(long nanos) {
    return "$" + String.format(Locale.ROOT, "%.2f", nanos / 1e9);
  }

  /// Whether there is a budget at all.
  public boolean limited() {
    return daily != Long.MAX_VALUE;
  }

  /// How much of it is gone, 0 to 1 and beyond.
  public double spent() {
    return limited() ? (double) used / Math.max(1, daily) : 0;
  }
}
