package dev.forebay.pool;

/// What one token of a request costs, in nano-dollars. Immutable.
///
/// @param input a token of input, as it will likely be billed
/// @param output a token of output, as it will likely be billed
/// @param mostInput the most a token of input can cost, whatever the provider does with it
/// @param mostOutput the most a token of output can cost
public record TokenPrice(long input, long output, long mostInput, long mostOutput) {

  /// Nothing is known: no budget in money counts the request.
  public static final TokenPrice UNKNOWN = new TokenPrice(0, 0, 0, 0);

  public TokenPrice {
    if (input < 0 || output < 0 || mostInput < input || mostOutput < output) {
      throw new IllegalArgumentException(
          "input: "
              + input
              + " to "
              + mostInput
              + ", output: "
              + output
              + " to "
              + mostOutput
              + " (expected: no negative price, none above its most)");
    }
  }
}
