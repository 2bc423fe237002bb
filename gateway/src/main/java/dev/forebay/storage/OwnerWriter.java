package dev.forebay.storage;

import dev.forebay.control.OwnerStore;
import dev.forebay.exchange.Owners;
import dev.forebay.exchange.Ownership;
import dev.forebay.pool.Ticker;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes which account holds what providers store, at a steady pace. Confined to the storage
/// thread.
final class OwnerWriter implements Chore {

  /// More than are remembered in memory: a restart with room for more finds them.
  private static final int MOST_KEPT = 200_000;

  private static final Duration TRIM_EVERY = Duration.ofMinutes(10);

  private static final Logger log = LoggerFactory.getLogger(OwnerWriter.class);

  private final String workspace;
  private final OwnerStore store;
  private final Owners source;
  private final Ticker ticker;
  private final long everyNanos;
  private final Trouble trouble;
  private long nextNanos;
  private long nextTrim;

  OwnerWriter(
      String workspace, OwnerStore store, Owners source, Ticker ticker, WriteSettings settings) {
    this.workspace = workspace;
    this.store = store;
    this.source = source;
    this.ticker = ticker;
    this.everyNanos = settings.saveState().toNanos();
    this.trouble = new Trouble("the owners of stored resources", ticker, log);
    this.nextNanos = ticker.nanos() + everyNanos;
    this.nextTrim = nextNanos;
  }

  @Override
  public long turn() {
    long early = nextNanos - ticker.nanos();
    if (early > 0) {
      return early;
    }
    save();
    nextNanos = ticker.nanos() + everyNanos;
    return everyNanos;
  }

  @Override
  public void finish() {
    save();
  }

  private void save() {
    List<Ownership> owners = source.drain();
    try {
      if (!owners.isEmpty()) {
        store.put(workspace, owners);
      }
      if (nextTrim - ticker.nanos() <= 0) {
        nextTrim = ticker.nanos() + TRIM_EVERY.toNanos();
        store.trim(workspace, MOST_KEPT);
      }
      trouble.over();
    } catch (RuntimeException e) {
      source.giveBack(owners);
      trouble.failed(e, "after a restart they would have to be looked for");
    }
  }
}
