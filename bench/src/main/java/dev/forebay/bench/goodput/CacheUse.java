package dev.forebay.bench.goodput;

/// How a prompt cache took one request, in tokens; all are input.
///
/// @param fresh what no cache was involved in
record CacheUse(long read, long written, long fresh) {

  /// A million tokens in dollars, as reference prices of a middle model have it.
  private static final double READ = 0.2;

  private static final double WRITE = 2.5;
  private static final double FRESH = 2;
  private static final double OUTPUT = 10;

  /// What the request costs, in dollars.
  double dollars(long output) {
    return (read * READ + written * WRITE + fresh * FRESH + output * OUTPUT) / 1e6;
  }
}
