package dev.forebay.telemetry.live;

import dev.forebay.exchange.BodySink;
import dev.forebay.pool.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Bodies of the last requests, in memory, while that is switched on. Thread-safe.
///
/// They are never written to a disk: a restart forgets them, as do the retention and the limit of
/// memory, the oldest first, and switching it off, all at once.
public final class KeptBodies implements BodySink {

  private static final int MOST_OF_ONE = 64 << 10;

  private final BooleanSupplier on;
  private final Supplier<Duration> retention;
  private final Ticker ticker;
  private final long mostBytes;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();
  private final Queue<Kept> byAge = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();

  /// What was sent and answered.
  public record Kept(
      String exchangeId, byte[] request, byte[] answer, boolean truncated, long atNanos) {

    private long size() {
      return request.length + (long) answer.length + 200;
    }
  }

  /// @param on whether bodies are kept now
  /// @param mostBytes most memory that they may take
  public KeptBodies(
      BooleanSupplier on, Supplier<Duration> retention, Ticker ticker, long mostBytes) {
    this.on = on;
    this.retention = retention;
    this.ticker = ticker;
    this.mostBytes = mostBytes;
  }

  @Override
  public int most() {
    return on.getAsBoolean() ? MOST_OF_ONE : 0;
  }

  @Override
  public void keep(String exchangeId, byte[] request, byte[] answer, boolean truncated) {
    Kept body = new Kept(exchangeId, request, answer, truncated, ticker.nanos());
    kept.put(exchangeId, body);
    byAge.add(body);
    bytes.addAndGet(body.size());
    while (bytes.get() > mostBytes && forgetOldest()) {
      // The oldest go until there is room.
    }
  }

  private boolean forgetOldest() {
    Kept oldest = byAge.poll();
    if (oldest == null) {
      return false;
    }
    kept.remove(oldest.exchangeId(), oldest);
    bytes.addAndGet(-oldest.size());
    return true;
  }

  /// Forgets what is too old, or everything when it is switched off.
  public void sweep() {
    long limit = on.getAsBoolean() ? retention.get().toNanos() : -1;
    Kept oldest = byAge.peek();
    while (oldest != null && ticker.nanos() - oldest.atNanos() > limit) {
      forgetOldest();
      oldest = byAge.peek();
    }
  }

  /// The bodies of one request; null when they were not kept.
  public @Nullable Kept find(String exchangeId) {
    return on.getAsBoolean() ? kept.get(exchangeId) : null;
  }
}
