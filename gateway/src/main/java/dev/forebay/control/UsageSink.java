package dev.forebay.control;

/// Takes usage rows off an event loop; they are stored a second later at most. Thread-safe.
@FunctionalInterface
public interface UsageSink {

  /// Drops every row.
  UsageSink NONE = row -> false;

  /// Hands over one row: never blocks, never throws. False when nothing is taken any more. Rows
  /// that cannot be stored for too long are dropped later, which the receiver counts and logs.
  boolean offer(UsageRow row);
}
