package dev.forebay.storage;

import dev.forebay.control.Stores;
import dev.forebay.control.UsageRow;
import dev.forebay.control.UsageSink;
import dev.forebay.control.clients.LastUses;
import dev.forebay.exchange.Owners;
import dev.forebay.pool.PoolState;
import dev.forebay.pool.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stores what the data path produces, behind its back: one thread, one queue. Thread-safe.
///
/// Close it after the last exchange and before the stores.
public final class WriteBehind implements UsageSink, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(WriteBehind.class);

  /// How long the end of the process waits for a store that does not answer.
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

  private final Stores stores;

  private final Ticker ticker;

  private final WriteSettings settings;

  private final UsageQueue queue;

  private final UsageWriter usage;

  private final List<Chore> chores = new CopyOnWriteArrayList<>();

  private volatile @Nullable Thread thread;

  private volatile boolean closing;

  /// Keeps rows for as long as the settings say.
  public WriteBehind(Stores stores, Ticker ticker, WriteSettings settings) {
    this(stores, ticker, settings, settings::keepRows);
  }

  /// @param keepRows how long usage rows are kept, asked again and again
  public WriteBehind(
      Stores stores, Ticker ticker, WriteSettings settings, Supplier<Duration> keepRows) {
    this.stores = stores;
    this.ticker = ticker;
    this.settings = settings;
    this.queue = new UsageQueue(settings.capacity());
    this.usage = new UsageWriter(queue, stores.usage(), ticker, settings);
    chores.add(usage);
    chores.add(new RowRetention(stores, ticker, keepRows, settings));
  }

  /// Saves this workspace's pool state from now on, and a last time at the end.
  ///
  /// @param state a consistent copy, such as `pools::save`; called by the storage thread
  public void watch(String workspace, Supplier<PoolState> state) {
    chores.add(new PoolStateWriter(workspace, stores.pool(workspace), state, ticker, settings));
  }

  /// Stores when this workspace's client keys were used from now on, and a last time at the end.
  public void watch(String workspace, LastUses uses) {
    chores.add(new LastUseWriter(workspace, stores.clientKeys(), uses, ticker));
  }

  /// Stores who holds what providers keep, from now on.
  public void watch(String workspace, Owners owners) {
    chores.add(new OwnerWriter(workspace, stores.owners(), owners, ticker, settings));
  }

  /// Starts the thread. Call it once.
  public void start() {
    thread = Thread.ofPlatform().name("forebay-storage").daemon().start(this::run);
  }

  @Override
  public boolean offer(UsageRow row) {
    if (closing) {
      return false;
    }
    if (queue.add(row) == settings.batch()) {
      // Null until the start, which finds the row in the queue.
      LockSupport.unpark(thread);
    }
    return true;
  }

  /// How writing usage stands, for metrics and readiness.
  public Backlog backlog() {
    return usage.backlog();
  }

  private void run() {
    while (!closing) {
      LockSupport.parkNanos(this, safeTurn());
    }
    chores.forEach(Chore::finish);
  }

  /// A turn that outlives the end of memory: without this thread nothing would be stored any more.
  private long safeTurn() {
    try {
      return turn();
    } catch (Error e) {
      log.error("storing has failed; trying again", e);
      return settings.saveState().toNanos();
    }
  }

  /// One round over all chores; returns for how many nanoseconds there will be nothing to do.
  long turn() {
    long wait = Long.MAX_VALUE;
    for (Chore chore : chores) {
      wait = Math.min(wait, chore.turn());
    }
    return wait;
  }

  /// Takes no more rows, writes what is queued and the last state of the pools, and ends the
  /// thread.
  @Override
  public void close() {
    closing = true;
    Thread running = thread;
    if (running == null) {
      chores.forEach(Chore::finish);
      return;
    }
    LockSupport.unpark(running);
    try {
      if (!running.join(LONGEST_CLOSE)) {
        log.error("the store does not answer; {} usage rows are lost", backlog().waiting());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
