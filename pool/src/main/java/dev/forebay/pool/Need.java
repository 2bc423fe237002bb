package dev.forebay.pool;

/// What one request takes of a key's daily budgets and of a limit group's limits. Immutable.
///
/// @param tokens input and output that 9 of 10 such requests stay under
/// @param mostTokens input and output that such a request can use at all
/// @param nanoDollars what `tokens` cost; 0 when no price is known
/// @param mostNanoDollars the most that `mostTokens` can cost; 0 when no price is known
/// @param countedTokens what a limit of tokens counts of it
/// @param countedInput what a limit of input counts of it
/// @param countedOutput what a limit of output counts of such a request on average
record Need(
    long tokens,
    long mostTokens,
    long nanoDollars,
    long mostNanoDollars,
    long countedTokens,
    long countedInput,
    long countedOutput) {

  /// Whether budgets in money count the request.
  boolean priced() {
    return mostNanoDollars > 0;
  }

  /// What a limit of that axis counts of it.
  long of(Axis axis) {
    return switch (axis) {
      case REQUESTS -> 1;
      case TOKENS -> countedTokens;
      case INPUT_TOKENS -> countedInput;
      case OUTPUT_TOKENS -> countedOutput;
    };
  }

  /// Its tokens, without input that no limit counts.
  long counted() {
    return Math.min(tokens, countedInput + countedOutput);
  }

  /// The same request where less of its input counts.
  Need withCountedInput(long input) {
    return new Need(
        tokens,
        mostTokens,
        nanoDollars,
        mostNanoDollars,
        countedTokens - (countedInput - input),
        input,
        countedOutput);
  }
}
