package dev.forebay.telemetry.live;

import dev.forebay.exchange.AttemptReport;
import dev.forebay.exchange.ExchangeListener;
import dev.forebay.exchange.ExchangeReport;
import dev.forebay.exchange.ExchangeReport.End;
import dev.forebay.pool.Outcome;
import dev.forebay.pool.Ticker;
import dev.forebay.prices.Cost;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The figures of the last minutes and of today. Thread-safe.
///
/// An exchange costs an event loop one look-up and a few additions for each attempt; it takes no
/// lock. Everything else happens in [#sweep], which one thread calls once a second.
public final class LiveFigures implements ExchangeListener {

  private static final int KEPT_REPORTS = 2_048;

  private final Ticker ticker;
  private final Supplier<ZoneId> zone;
  private final long begin;
  private final Map<String, Meter> meters = new ConcurrentHashMap<>();
  private final Recent recent = new Recent(KEPT_REPORTS);

  private final LongAdder requests = new LongAdder();
  private final LongAdder tokens = new LongAdder();
  private final LongAdder nanoUsd = new LongAdder();
  private final LongAdder shifted = new LongAdder();

  // Guarded by this.
  private final Window all = new Window();
  private final Traffic traffic = new Traffic();
  private LocalDate day;
  private Day before;
  private long sweptRequests;
  private long sweptSecond;

  /// What has been counted up to the beginning of today.
  private record Day(long requests, long tokens, long nanoUsd, long shifted) {}

  /// @param zone whose midnight begins a new day
  public LiveFigures(Ticker ticker, Supplier<ZoneId> zone) {
    this.ticker = ticker;
    this.zone = zone;
    this.begin = ticker.nanos();
    this.day = today();
    this.before = new Day(0, 0, 0, 0);
  }

  /// Counts what was used today before the start.
  ///
  /// @param shiftedToday requests that completed although an attempt before had failed
  public synchronized void begin(
      long requestsToday, long tokensToday, long nanoUsdToday, long shiftedToday) {
    before =
        new Day(
            before.requests() - requestsToday,
            before.tokens() - tokensToday,
            before.nanoUsd() - nanoUsdToday,
            before.shifted() - shiftedToday);
  }

  @Override
  public void attempted(AttemptReport attempt) {
    Meter meter = meter(attempt.keyId(), attempt.provider());
    switch (attempt.outcome()) {
      case Outcome.Served _ -> {
        meter.attempts.increment();
        meter.served.increment();
      }
      case Outcome.RequestRejected _, Outcome.OverLimit _, Outcome.Abandoned _ ->
          meter.attempts.increment();
      case Outcome.Throttled throttled -> trouble(meter, throttled.reason());
      case Outcome.SlowDown(String reason) -> trouble(meter, reason);
      case Outcome.Unequipped(String reason) -> trouble(meter, reason);
      case Outcome.Failed(String reason) -> failed(meter, reason);
      case Outcome.KeyRejected(String reason) -> failed(meter, reason);
    }
  }

  private void failed(Meter meter, String reason) {
    meter.attempts.increment();
    meter.failed.increment();
    trouble(meter, reason);
  }

  private void trouble(Meter meter, String reason) {
    meter.trouble = new Meter.Trouble(reason, ticker.now());
  }

  @Override
  public void finished(ExchangeReport report) {
    recent.add(report);
    requests.increment();
    long used = report.usage().total();
    String keyId = report.keyId();
    String provider = report.provider();
    if (used > 0 && keyId != null && provider != null) {
      tokens.add(used);
      meter(keyId, provider).tokens.add(used);
    }
    Cost cost = report.cost();
    if (cost != null && cost.nanoDollars() > 0) {
      nanoUsd.add(cost.nanoDollars());
    }
    if (report.end() == End.COMPLETED && report.attempts().size() > 1) {
      shifted.increment();
    }
  }

  private Meter meter(String keyId, String provider) {
    Meter known = meters.get(keyId);
    return known != null ? known : meters.computeIfAbsent(keyId, id -> new Meter(id, provider));
  }

  /// Files what has come since the last call; null when this second was filed before. Call it once
  /// a second.
  public synchronized TrafficReport.@Nullable Point sweep() {
    long second = second();
    if (second == sweptSecond) {
      return null;
    }
    sweptSecond = second;
    LocalDate today = today();
    if (!today.equals(day)) {
      day = today;
      before = new Day(requests.sum(), tokens.sum(), nanoUsd.sum(), shifted.sum());
    }
    long nowRequests = requests.sum();
    all.add(second, nowRequests - sweptRequests, 0);
    sweptRequests = nowRequests;
    List<Traffic.Entry> entries = new ArrayList<>();
    for (Meter meter : meters.values()) {
      Traffic.Entry entry = meter.sweep(second);
      if (entry != null) {
        entries.add(entry);
      }
    }
    Instant now = ticker.now();
    traffic.add(second - 1, now, entries);
    return Traffic.point(now, entries);
  }

  /// Forgets keys that are configured no longer.
  public void keep(Set<String> keyIds) {
    meters.keySet().retainAll(keyIds);
  }

  /// What one key did lately.
  public KeyFigures key(String keyId) {
    Meter meter = meters.get(keyId);
    if (meter == null) {
      return KeyFigures.NONE;
    }
    Meter.Trouble trouble = meter.trouble;
    long second = second();
    synchronized (this) {
      return new KeyFigures(
          meter.window.perMinute(second),
          meter.window.markedShare(second),
          trouble == null ? null : trouble.message(),
          trouble == null ? null : trouble.at());
    }
  }

  /// What the whole pool did.
  public synchronized PoolFigures pool() {
    return new PoolFigures(
        requests.sum() - before.requests(),
        tokens.sum() - before.tokens(),
        nanoUsd.sum() - before.nanoUsd(),
        shifted.sum() - before.shifted(),
        all.perMinute(second()));
  }

  /// Traffic by key.
  ///
  /// @param seconds how far back, at most fifteen minutes
  public synchronized TrafficReport traffic(int seconds) {
    return traffic.report(second(), ticker.now(), seconds);
  }

  /// The last finished exchanges.
  public Recent recent() {
    return recent;
  }

  // From one, so that the second before the first one has a number too.
  private long second() {
    return (ticker.nanos() - begin) / 1_000_000_000L + 1;
  }

  private LocalDate today() {
    return LocalDate.ofInstant(ticker.now(), zone.get());
  }
}
