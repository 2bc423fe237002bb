package dev.forebay.storage;

import dev.forebay.control.StorageException;
import dev.forebay.control.StorageProblem;
import dev.forebay.control.UsageRow;
import dev.forebay.control.UsageStore;
import dev.forebay.pool.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes queued usage rows in batches. Confined to the storage thread, but for [#backlog].
///
/// A batch that fails is kept and written again, first soon, then ever later. A batch that the
/// store refuses for its content is halved until the row at fault stands alone, and that one is
/// dropped: one bad row must not hold up all others.
final class UsageWriter implements Chore {

  private static final Logger log = LoggerFactory.getLogger(UsageWriter.class);

  private static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(8).toNanos();

  private static final int LAST_TRIES = 3;

  /// How a try ended.
  private enum Try {
    STORED,
    REFUSED,
    FAILED
  }

  private final UsageQueue queue;

  private final UsageStore store;

  private final Ticker ticker;

  private final WriteSettings settings;

  private final Trouble trouble;

  /// Taken from the queue and not stored yet; only the storage thread changes it.
  private final List<UsageRow> pending = new ArrayList<>();

  private final AtomicLong stored = new AtomicLong();

  private final AtomicLong refused = new AtomicLong();

  private volatile int pendingCount;

  /// Rows of the next try.
  private int step;

  private long pauseNanos;

  private long nextNanos;

  UsageWriter(UsageQueue queue, UsageStore store, Ticker ticker, WriteSettings settings) {
    this.queue = queue;
    this.store = store;
    this.ticker = ticker;
    this.settings = settings;
    this.trouble = new Trouble("usage", ticker, log);
    this.step = settings.batch();
    this.nextNanos = ticker.nanos() + settings.flush().toNanos();
  }

  @Override
  public long turn() {
    long early = nextNanos - ticker.nanos();
    boolean full = pauseNanos == 0 && queue.size() >= settings.batch();
    if (early > 0 && !full) {
      return early;
    }
    // Rows that come meanwhile wait for the next turn, so that the other chores get theirs.
    boolean written = write(queue.size() + pending.size());
    pauseNanos = written ? 0 : nextPause();
    long wait = written ? settings.flush().toNanos() : pauseNanos;
    nextNanos = ticker.nanos() + wait;
    return wait;
  }

  private long nextPause() {
    return pauseNanos == 0
        ? settings.flush().toNanos()
        : Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
  }

  @Override
  public void finish() {
    boolean done = false;
    for (int i = 0; i < LAST_TRIES && !done; i++) {
      done = write(Integer.MAX_VALUE);
    }
    if (!done) {
      log.error("{} usage rows are lost: {}", waiting(), trouble.problem());
    }
  }

  /// Writes about as many rows, or until there are none; false when a try failed.
  private boolean write(int about) {
    int rest = about;
    while (rest > 0 && fill()) {
      int size = Math.min(step, pending.size());
      switch (tried(pending.subList(0, size))) {
        case STORED -> {
          stored.addAndGet(size);
          remove(size);
          rest -= size;
          step = Math.min(2 * step, settings.batch());
        }
        case REFUSED -> {
          if (size > 1) {
            step = size / 2;
          } else {
            refused.incrementAndGet();
            remove(1);
            rest--;
          }
        }
        case FAILED -> {
          return false;
        }
      }
    }
    return true;
  }

  /// Makes sure that there is something pending; false when there is nothing at all.
  private boolean fill() {
    if (pending.isEmpty()) {
      queue.drainTo(pending, settings.batch());
      pendingCount = pending.size();
    }
    return !pending.isEmpty();
  }

  private void remove(int count) {
    pending.subList(0, count).clear();
    pendingCount = pending.size();
  }

  private Try tried(List<UsageRow> rows) {
    try {
      store.append(rows);
      trouble.over();
      return Try.STORED;
    } catch (StorageException e) {
      if (e.problem() instanceof StorageProblem.ValuesRefused) {
        return refused(rows, e);
      }
      trouble.failed(e, waiting() + " rows wait in memory, " + dropped() + " were dropped");
      return Try.FAILED;
    } catch (RuntimeException e) {
      return refused(rows, e);
    }
  }

  private Try refused(List<UsageRow> rows, RuntimeException e) {
    if (rows.size() == 1) {
      log.error("the usage row of request {} is dropped", rows.getFirst().id(), e);
    }
    return Try.REFUSED;
  }

  private int waiting() {
    return queue.size() + pendingCount;
  }

  private long dropped() {
    return queue.dropped() + refused.get();
  }

  /// How it stands. Any thread may ask.
  Backlog backlog() {
    return new Backlog(waiting(), stored.get(), dropped(), trouble.problem());
  }
}
