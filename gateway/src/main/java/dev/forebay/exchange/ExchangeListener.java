package dev.forebay.exchange;

import dev.forebay.dialect.Operation;

/// Sees every exchange and every attempt of the data plane; the one source of all measurement.
///
/// The callbacks of one exchange nest like this and come on its event loop:
///
/// ```
/// started
///   attempted    once per attempt, when its lease is settled
/// finished       exactly once, after the last byte or the client's departure
/// ```
///
/// Implementations must be fast, must not block and must not throw. Thread-safe: several event
/// loops call the same listener.
public interface ExchangeListener {

  /// A listener that measures nothing.
  ExchangeListener NONE = new ExchangeListener() {};

  /// An authenticated request with a known path has been read to its end.
  default void started(Operation operation) {}

  /// One attempt has been settled.
  default void attempted(AttemptReport attempt) {}

  /// The exchange is over.
  default void finished(ExchangeReport report) {}
}
