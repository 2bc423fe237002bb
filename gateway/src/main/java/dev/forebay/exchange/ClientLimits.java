package dev.forebay.exchange;

/// How much one caller may use. Immutable; zero stands for no limit.
///
/// @param requestsPerMinute requests in any minute
/// @param requestsPerDay requests in one of the workspace's days
/// @param tokensPerMinute input and output tokens in any minute
/// @param tokensPerDay input and output tokens in one of the workspace's days
public record ClientLimits(
    long requestsPerMinute, long requestsPerDay, long tokensPerMinute, long tokensPerDay) {

  /// No limit at all.
  public static final ClientLimits NONE = new ClientLimits(0, 0, 0, 0);

  public ClientLimits {
    if (requestsPerMinute < 0 || requestsPerDay < 0 || tokensPerMinute < 0 || tokensPerDay < 0) {
      throw new IllegalArgumentException(
          "limits: "
              + requestsPerMinute
              + ", "
              + requestsPerDay
              + ", "
              + tokensPerMinute
              + ", "
              + tokensPerDay
              + " (expected: at least 1, or 0 for none)");
    }
  }

  /// Whether nothing is limited.
  public boolean isNone() {
    return equals(NONE);
  }

  /// Whether a day's use counts.
  public boolean daily() {
    return requestsPerDay > 0 || tokensPerDay > 0;
  }
}
