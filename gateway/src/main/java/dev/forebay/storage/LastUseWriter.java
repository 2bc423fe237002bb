package dev.forebay.storage;

import dev.forebay.control.ClientKeyStore;
import dev.forebay.control.clients.LastUses;
import dev.forebay.pool.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stores once a minute which client keys of one workspace were used, and nothing when none was.
/// Confined to the storage thread.
final class LastUseWriter implements Chore {

  private static final Logger log = LoggerFactory.getLogger(LastUseWriter.class);

  private static final long EVERY_NANOS = Duration.ofMinutes(1).toNanos();

  private final String workspace;

  private final ClientKeyStore store;

  private final LastUses uses;

  private final Ticker ticker;

  private final Trouble trouble;

  private long nextNanos;

  LastUseWriter(String workspace, ClientKeyStore store, LastUses uses, Ticker ticker) {
    this.workspace = workspace;
    this.store = store;
    this.uses = uses;
    this.ticker = ticker;
    this.trouble = new Trouble("when client keys were last used", ticker, log);
    this.nextNanos = ticker.nanos() + EVERY_NANOS;
  }

  @Override
  public long turn() {
    long early = nextNanos - ticker.nanos();
    if (early > 0) {
      return early;
    }
    store();
    nextNanos = ticker.nanos() + EVERY_NANOS;
    return EVERY_NANOS;
  }

  @Override
  public void finish() {
    store();
  }

  private void store() {
    Map<String, Instant> fresh = uses.takeFresh();
    if (fresh.isEmpty()) {
      return;
    }
    try {
      store.used(workspace, fresh);
      trouble.over();
    } catch (RuntimeException e) {
      uses.giveBack(fresh.keySet());
      trouble.failed(e, "a restart now would show earlier times");
    }
  }
}
