package dev.forebay.bench.goodput;

/// How a balancer that reacts to 429s chooses among the keys that are not cooling.
enum Policy {
  RANDOM("random"),
  ROUND_ROBIN("round robin"),
  /// The key with the fewest tokens in the last minute.
  LEAST_USED("least used"),
  /// The first key that is not cooling.
  FILL_FIRST("fill first");

  final String title;

  Policy(String title) {
    this.title = title;
  }
}
