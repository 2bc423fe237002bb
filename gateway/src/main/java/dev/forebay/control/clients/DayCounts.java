package dev.forebay.control.clients;

import dev.forebay.control.ClientKey;
import dev.forebay.control.Snapshot;
import dev.forebay.control.SnapshotListener;
import dev.forebay.control.StorageException;
import dev.forebay.control.UsageStore;
import dev.forebay.control.UsageTotal;
import dev.forebay.exchange.Allowances;
import dev.forebay.exchange.ClientLimits;
import dev.forebay.pool.Ticker;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the data path what callers with daily limits have used today, from the totals: after a
/// start, and when a caller is given such a limit in the middle of the day. Thread-safe; may block.
public final class DayCounts implements SnapshotListener {

  private static final Logger log = LoggerFactory.getLogger(DayCounts.class);

  private record Use(long requests, long tokens) {

    static final Use NONE = new Use(0, 0);

    Use plus(Use other) {
      return new Use(requests + other.requests, tokens + other.tokens);
    }
  }

  private final String workspace;
  private final UsageStore usage;
  private final Allowances allowances;
  private final Ticker ticker;

  public DayCounts(String workspace, UsageStore usage, Allowances allowances, Ticker ticker) {
    this.workspace = workspace;
    this.usage = usage;
    this.allowances = allowances;
    this.ticker = ticker;
  }

  /// Counts for every caller with a daily limit.
  public void restore(Snapshot snapshot) {
    restore(snapshot, daily(snapshot));
  }

  @Override
  public void changed(Snapshot before, Snapshot after) {
    Set<String> fresh = daily(after);
    fresh.removeAll(daily(before));
    restore(after, fresh);
    Set<String> limited = new HashSet<>();
    for (ClientKey key : after.clientKeys().values()) {
      if (key.limits() != null) {
        limited.add(key.id());
      }
    }
    allowances.retain(limited);
  }

  private static Set<String> daily(Snapshot snapshot) {
    Set<String> ids = new HashSet<>();
    for (ClientKey key : snapshot.clientKeys().values()) {
      ClientLimits limits = key.limits();
      if (limits != null && limits.daily()) {
        ids.add(key.id());
      }
    }
    return ids;
  }

  private void restore(Snapshot snapshot, Set<String> ids) {
    if (ids.isEmpty()) {
      return;
    }
    LocalDate today = LocalDate.ofInstant(ticker.now(), snapshot.zone());
    Map<String, Use> used = new HashMap<>();
    try {
      for (UsageTotal<LocalDate> total : usage.totals(workspace, today)) {
        String id = total.group().clientKeyId();
        if (id != null && ids.contains(id)) {
          used.merge(
              id, new Use(total.total().requests(), total.total().usage().total()), Use::plus);
        }
      }
    } catch (StorageException e) {
      log.warn("daily limits of client keys count from now on only: {}", e.getMessage());
      return;
    }
    for (String id : ids) {
      Use use = used.getOrDefault(id, Use.NONE);
      allowances.restore(id, today, use.requests(), use.tokens());
    }
  }
}
