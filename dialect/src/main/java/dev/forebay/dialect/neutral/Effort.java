package dev.forebay.dialect.neutral;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How hard the model should think.
///
/// The budgets that stand for the words where a model counts tokens are a policy, not a rule of any
/// provider.
public enum Effort {
  NONE(0),
  MINIMAL(1_024),
  LOW(1_024),
  MEDIUM(2_048),
  HIGH(4_096),
  XHIGH(16_384),
  MAX(32_000);

  private final long budget;
  private final String word;

  Effort(long budget) {
    this.budget = budget;
    this.word = name().toLowerCase(Locale.ROOT);
  }

  public long budget() {
    return budget;
  }

  public String word() {
    return word;
  }

  public static @Nullable Effort of(String word) {
    return switch (word) {
      case "none" -> NONE;
      case "minimal" -> MINIMAL;
      case "low" -> LOW;
      case "medium" -> MEDIUM;
      case "high" -> HIGH;
      case "xhigh" -> XHIGH;
      case "max" -> MAX;
      default -> null;
    };
  }

  /// The word for a budget: the first whose own is not smaller.
  public static Effort ofBudget(long budget) {
    if (budget < 0) {
      return MEDIUM;
    }
    for (Effort effort : values()) {
      if (effort != MINIMAL && budget <= effort.budget) {
        return effort;
      }
    }
    return MAX;
  }
}
