package dev.forebay.pool;

/// What one request takes of a key's daily budgets. Immutable.
///
/// @param tokens input and output that 9 of 10 such requests stay under
/// @param mostTokens input and output that such a request can use at all
/// @param nanoDollars what `tokens` cost; 0 when no price is known
/// @param mostNanoDollars the most that `mostTokens` can cost; 0 when no price is known
record Need(long tokens, long mostTokens, long nanoDollars, long mostNanoDollars) {

  /// Whether budgets in money count the request.
  boolean priced() {
    return mostNanoDollars > 0;
  }
}
