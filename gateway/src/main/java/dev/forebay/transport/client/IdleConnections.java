package dev.forebay.transport.client;

import dev.forebay.exchange.Origin;
import dev.forebay.pool.Ticker;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The connections of one event loop that wait for their next call. Event loop only.
///
/// The one that was used last is taken first, so that those that are not needed grow old.
final class IdleConnections {

  private final Map<Origin, ArrayDeque<Connection>> byOrigin = new HashMap<>();
  private final Ticker ticker;
  private final long longestNanos;

  /// @param longestNanos how long a connection waits before it is closed
  IdleConnections(Ticker ticker, long longestNanos) {
    this.ticker = ticker;
    this.longestNanos = longestNanos;
  }

  /// Keeps a connection for the next call, and returns since when it waits.
  long put(Connection connection) {
    byOrigin.computeIfAbsent(connection.origin(), origin -> new ArrayDeque<>()).addLast(connection);
    return ticker.nanos();
  }

  /// An open connection to the origin, or null when there is none.
  @Nullable Connection take(Origin origin) {
    ArrayDeque<Connection> waiting = byOrigin.get(origin);
    if (waiting == null) {
      return null;
    }
    Connection connection = waiting.pollLast();
    while (connection != null && !connection.open()) {
      connection = waiting.pollLast();
    }
    return connection;
  }

  void remove(Connection connection) {
    ArrayDeque<Connection> waiting = byOrigin.get(connection.origin());
    if (waiting != null) {
      waiting.remove(connection);
    }
  }

  /// Closes the connections that have waited for too long.
  void watch(long nowNanos) {
    for (ArrayDeque<Connection> waiting : byOrigin.values()) {
      Connection oldest = waiting.peekFirst();
      while (oldest != null && nowNanos - oldest.waitingSinceNanos() > longestNanos) {
        waiting.pollFirst();
        oldest.close();
        oldest = waiting.peekFirst();
      }
    }
    byOrigin.values().removeIf(ArrayDeque::isEmpty);
  }
}
