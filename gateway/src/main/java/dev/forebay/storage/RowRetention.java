package dev.forebay.storage;

import dev.forebay.control.AuditStore;
import dev.forebay.control.Stores;
import dev.forebay.control.UsageStore;
import dev.forebay.control.Workspace;
import dev.forebay.control.WorkspaceStore;
import dev.forebay.pool.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes old usage rows, totals of hours and entries of the audit log, a small batch at a time so
/// that new ones need not wait. Confined to the storage thread.
final class RowRetention implements Chore {

  private static final Logger log = LoggerFactory.getLogger(RowRetention.class);

  private static final int BATCH = 1_000;

  private static final Duration KEEP_AUDIT = Duration.ofDays(400);

  private static final long BETWEEN_BATCHES_NANOS = Duration.ofMillis(200).toNanos();

  private static final long BETWEEN_ROUNDS_NANOS = Duration.ofHours(1).toNanos();

  /// A start has better things to do.
  private static final long FIRST_NANOS = Duration.ofMinutes(1).toNanos();

  private final WorkspaceStore workspaces;

  private final UsageStore usage;

  private final Ticker ticker;

  private final AuditStore audit;

  private final Supplier<Duration> keepRows;

  private final Duration keepHours;

  private Duration kept;

  private long nextNanos;

  RowRetention(Stores stores, Ticker ticker, Supplier<Duration> keepRows, WriteSettings settings) {
    this.workspaces = stores.workspaces();
    this.usage = stores.usage();
    this.audit = stores.audit();
    this.ticker = ticker;
    this.keepRows = keepRows;
    this.kept = keepRows.get();
    this.keepHours = settings.keepHours();
    this.nextNanos = ticker.nanos() + FIRST_NANOS;
  }

  @Override
  public long turn() {
    long early = nextNanos - ticker.nanos();
    Duration keep = keepRows.get();
    boolean shorter = keep.compareTo(kept) < 0;
    kept = keep;
    if (early > 0 && !shorter) {
      return early;
    }
    long wait = removed() ? BETWEEN_BATCHES_NANOS : BETWEEN_ROUNDS_NANOS;
    nextNanos = ticker.nanos() + wait;
    return wait;
  }

  /// Old rows can wait for the next start.
  @Override
  public void finish() {}

  /// Removes one batch; false when nothing old is left, or it cannot be removed now.
  private boolean removed() {
    try {
      Instant now = ticker.now();
      for (Workspace workspace : workspaces.workspaces()) {
        String id = workspace.id();
        int removed =
            usage.removeRows(id, now.minus(kept), BATCH)
                + usage.removeHours(id, now.minus(keepHours), BATCH)
                + audit.removeEntries(id, now.minus(KEEP_AUDIT), BATCH);
        if (removed > 0) {
          return true;
        }
      }
    } catch (RuntimeException e) {
      log.warn("old usage rows cannot be deleted: {}; trying again in an hour", e.getMessage());
    }
    return false;
  }
}
