package dev.forebay.storage;

import dev.forebay.control.UsageStore;
import dev.forebay.control.Workspace;
import dev.forebay.control.WorkspaceStore;
import dev.forebay.pool.Ticker;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes old usage rows and old totals of hours, a small batch at a time so that new ones need
/// not wait. Confined to the storage thread.
final class RowRetention implements Chore {

  private static final Logger log = LoggerFactory.getLogger(RowRetention.class);

  private static final int BATCH = 1_000;

  private static final long BETWEEN_BATCHES_NANOS = Duration.ofMillis(200).toNanos();

  private static final long BETWEEN_ROUNDS_NANOS = Duration.ofHours(1).toNanos();

  /// A start has better things to do.
  private static final long FIRST_NANOS = Duration.ofMinutes(1).toNanos();

  private final WorkspaceStore workspaces;

  private final UsageStore usage;

  private final Ticker ticker;

  private final Duration keepRows;

  private final Duration keepHours;

  private long nextNanos;

  RowRetention(WorkspaceStore workspaces, UsageStore usage, Ticker ticker, WriteSettings settings) {
    this.workspaces = workspaces;
    this.usage = usage;
    this.ticker = ticker;
    this.keepRows = settings.keepRows();
    this.keepHours = settings.keepHours();
    this.nextNanos = ticker.nanos() + FIRST_NANOS;
  }

  @Override
  public long turn() {
    long early = nextNanos - ticker.nanos();
    if (early > 0) {
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
        int rows = usage.removeRows(workspace.id(), now.minus(keepRows), BATCH);
        if (rows + usage.removeHours(workspace.id(), now.minus(keepHours), BATCH) > 0) {
          return true;
        }
      }
    } catch (RuntimeException e) {
      log.warn("old usage rows cannot be deleted: {}; trying again in an hour", e.getMessage());
    }
    return false;
  }
}
