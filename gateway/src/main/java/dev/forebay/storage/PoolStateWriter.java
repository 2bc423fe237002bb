package dev.forebay.storage;

import dev.forebay.pool.PoolState;
import dev.forebay.pool.PoolStore;
import dev.forebay.pool.Ticker;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Saves one workspace's pool state at a steady pace. Confined to the storage thread.
///
/// The store writes only what has changed, and nothing when nothing has.
final class PoolStateWriter implements Chore {

  private static final Logger log = LoggerFactory.getLogger(PoolStateWriter.class);

  private final PoolStore store;

  private final Supplier<PoolState> source;

  private final Ticker ticker;

  private final long everyNanos;

  private final Trouble trouble;

  private long nextNanos;

  PoolStateWriter(
      String workspace,
      PoolStore store,
      Supplier<PoolState> source,
      Ticker ticker,
      WriteSettings settings) {
    this.store = store;
    this.source = source;
    this.ticker = ticker;
    this.everyNanos = settings.saveState().toNanos();
    this.trouble = new Trouble("the pool state of workspace " + workspace, ticker, log);
    this.nextNanos = ticker.nanos() + everyNanos;
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
    try {
      store.save(source.get());
      trouble.over();
    } catch (RuntimeException e) {
      trouble.failed(e, "a restart now would begin with an older state");
    }
  }
}
