package dev.forebay.pool;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What every part of the pools shares: time, settings, chance and the listener. Thread-safe.
///
/// Time inside the pool is nanoseconds since this was made, plus an hour, so that instants are
/// positive and compare without care for wrap-around.
final class Context {

  /// The instant that never comes.
  static final long NEVER = Long.MAX_VALUE;

  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final long LEAD = Duration.ofHours(1).toNanos();

  // The wall clock may be set: a day is trusted for this long.
  private static final long DAY_TRUST = Duration.ofMinutes(1).toNanos();

  private final Ticker ticker;
  private final PoolListener listener;
  private final RandomGenerator jitter;
  private final long origin;
  private final Homes homes = new Homes();
  private final Places uses = new Places();
  private final AtomicInteger hashes = new AtomicInteger();
  private volatile PoolSettings settings;
  private volatile double usageRate;
  private volatile @Nullable Day day;

  Context(PoolSettings settings, Ticker ticker, RandomGenerator jitter, PoolListener listener) {
    this.ticker = ticker;
    this.listener = listener;
    this.jitter = jitter;
    this.origin = ticker.nanos() - LEAD;
    this.settings = settings;
    this.usageRate = Decayed.rate(settings.usageDecay());
  }

  long nanos() {
    return ticker.nanos() - origin;
  }

  Instant now() {
    return ticker.now();
  }

  /// The wall clock's reading at an instant of the pool.
  Instant at(long nanos) {
    return ticker.now().plusNanos(nanos - nanos());
  }

  /// The instant of the pool at which the wall clock shows `instant`.
  long at(Instant instant) {
    return plus(nanos(), Duration.between(ticker.now(), instant));
  }

  /// When the minute ends that the wall clock shows at an instant.
  long minuteEnd(long nanos) {
    return nanos + MINUTE - Math.floorMod(at(nanos).toEpochMilli(), 60_000L) * 1_000_000L;
  }

  /// `now + duration`, at most [#NEVER].
  static long plus(long now, Duration duration) {
    long seconds = duration.getSeconds();
    if (seconds > NEVER / 4_000_000_000L) {
      return NEVER;
    }
    return now + seconds * 1_000_000_000L + duration.getNano();
  }

  PoolSettings settings() {
    return settings;
  }

  void settings(PoolSettings replacement) {
    settings = replacement;
    usageRate = Decayed.rate(replacement.usageDecay());
    day = null;
  }

  /// The rate of decay of recent usage.
  double usageRate() {
    return usageRate;
  }

  /// Where conversations are at home.
  Homes homes() {
    return homes;
  }

  /// Where what conversations use of limit groups lies.
  Places uses() {
    return uses;
  }

  /// A hash that nothing else has: neighbours in counting are far apart, and none is zero.
  int nextHash() {
    int mixed = hashes.incrementAndGet();
    mixed = (mixed ^ (mixed >>> 16)) * 0x85EBCA6B;
    mixed = (mixed ^ (mixed >>> 13)) * 0xC2B2AE35;
    return mixed ^ (mixed >>> 16);
  }

  PoolListener listener() {
    return listener;
  }

  /// A little more than `nanos`: up to a tenth, at most two seconds, so that what cools together
  /// does not come back together.
  long jittered(long nanos) {
    long most = Math.min(nanos / 10, 2_000_000_000L);
    if (most <= 0 || nanos > NEVER / 2) {
      return nanos;
    }
    synchronized (jitter) {
      return nanos + jitter.nextLong(most);
    }
  }

  /// The budget's day at `now`.
  Day today(long now) {
    Day known = day;
    if (known != null && now < known.trustedUntil()) {
      return known;
    }
    Instant wall = ticker.now();
    LocalDate date = LocalDate.ofInstant(wall, settings.budgetZone());
    Instant end = date.plusDays(1).atStartOfDay(settings.budgetZone()).toInstant();
    long ends = plus(now, Duration.between(wall, end));
    Day today = new Day(date, end, ends, Math.min(ends, now + DAY_TRUST));
    day = today;
    return today;
  }

  /// A day of the budget's zone.
  ///
  /// @param end the midnight that ends it
  /// @param endNanos the same as an instant of the pool
  /// @param trustedUntil when to look at the wall clock again
  record Day(LocalDate date, Instant end, long endNanos, long trustedUntil) {}
}
