package dev.forebay.pool;

import java.time.LocalDate;

/// One key's daily budgets, of tokens and of money, reserved and settled together. Thread-safe;
/// lock-free but at midnight.
///
/// A request without a known price takes nothing of the money, and is let in as long as it is not
/// exhausted.
final class Budgets {

  final Budget tokens;
  final Budget money;

  Budgets(LocalDate day) {
    this.tokens = new Budget(day);
    this.money = new Budget(day);
  }

  /// Reserves the most of `need` if the request fits both budgets.
  boolean reserve(Need need, KeySpec spec) {
    if (spent(spec)
        || (!need.priced() && money.exhausted(spec.dailyNanoDollars()))
        || !tokens.reserve(need.tokens(), need.mostTokens(), spec.dailyTokens())) {
      return false;
    }
    if (!need.priced()
        || money.reserve(need.nanoDollars(), need.mostNanoDollars(), spec.dailyNanoDollars())) {
      return true;
    }
    tokens.release(need.mostTokens());
    return false;
  }

  void release(Need need) {
    tokens.release(need.mostTokens());
    if (need.priced()) {
      money.release(need.mostNanoDollars());
    }
  }

  void settle(Need need, long usedTokens, long usedNanoDollars) {
    tokens.settle(need.mostTokens(), usedTokens);
    if (need.priced() || usedNanoDollars > 0) {
      money.settle(need.mostNanoDollars(), usedNanoDollars);
    }
  }

  /// Whether either budget is used up.
  boolean spent(KeySpec spec) {
    return tokens.spent(spec.dailyTokens()) || money.spent(spec.dailyNanoDollars());
  }

  /// Whether either budget is used up, or too little is left for the smallest request of today.
  boolean exhausted(KeySpec spec) {
    return tokens.exhausted(spec.dailyTokens()) || money.exhausted(spec.dailyNanoDollars());
  }

  /// Begins `today` if it is later than the day at hand.
  void roll(LocalDate today) {
    tokens.roll(today);
    money.roll(today);
  }

  /// Takes over what was used before a restart.
  void restore(PoolState.SavedUsage saved) {
    tokens.restore(saved.day(), saved.tokens());
    money.restore(saved.day(), saved.nanoDollars());
  }
}
