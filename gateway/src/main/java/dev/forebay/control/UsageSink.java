package dev.forebay.control;

/// Takes usage rows off an event loop; they are stored a second later at most. Thread-safe.
@FunctionalInterface
public interface UsageSink {

  /// Drops every row.
  UsageSink NONE = row -> false;

  /// Hands over one row: never blocks, never throws. False when it had to be dropped, which is
  /// counted and logged by the receiver.
  boolean offer(UsageRow row);
}
