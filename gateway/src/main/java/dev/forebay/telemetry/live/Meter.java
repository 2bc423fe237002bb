package dev.forebay.telemetry.live;

import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// What one key has done since the start. The counters are added to by event loops; the rest is
/// guarded by the figures.
final class Meter {

  /// A failure or refusal.
  record Trouble(String message, Instant at) {}

  final String keyId;
  final String provider;
  final LongAdder attempts = new LongAdder();
  final LongAdder served = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder tokens = new LongAdder();
  volatile @Nullable Trouble trouble;

  final Window window = new Window();
  private long sweptAttempts;
  private long sweptServed;
  private long sweptFailed;
  private long sweptTokens;

  Meter(String keyId, String provider) {
    this.keyId = keyId;
    this.provider = provider;
  }

  /// Files what has come since the last sweep; null when nothing has.
  Traffic.@Nullable Entry sweep(long second) {
    long nowAttempts = attempts.sum();
    long nowServed = served.sum();
    long nowFailed = failed.sum();
    long nowTokens = tokens.sum();
    if (nowAttempts == sweptAttempts && nowTokens == sweptTokens) {
      return null;
    }
    window.add(second, nowAttempts - sweptAttempts, nowFailed - sweptFailed);
    Traffic.Entry entry =
        new Traffic.Entry(
            keyId, provider, nowTokens - sweptTokens, (int) (nowServed - sweptServed));
    sweptAttempts = nowAttempts;
    sweptServed = nowServed;
    sweptFailed = nowFailed;
    sweptTokens = nowTokens;
    return entry;
  }
}
