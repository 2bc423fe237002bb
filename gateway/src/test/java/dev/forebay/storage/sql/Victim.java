package dev.forebay.storage.sql;

import dev.forebay.control.Stores;
import dev.forebay.control.Workspace;
import dev.forebay.pool.PoolState;
import dev.forebay.pool.PoolState.SavedUsage;
import dev.forebay.pool.Ticker;
import dev.forebay.storage.Rows;
import dev.forebay.storage.WriteBehind;
import dev.forebay.storage.WriteSettings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// A process that writes until it is killed, and says what it has done: `row <number> <millis>`
/// when a row was handed over, `setting <number> <millis>` when a change was acknowledged.
final class Victim {

  static final String SETTING = "number";

  static final String KEY = "key-a";

  private static final long BETWEEN_ROWS_NANOS = Duration.ofMillis(1).toNanos();

  private static final int ROWS_PER_SETTING = 20;

  private Victim() {}

  private enum RealTicker implements Ticker {
    INSTANCE;

    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public Instant now() {
      return Instant.now();
    }
  }

  public static void main(String[] arguments) {
    Stores stores = SqlStoreContract.opened(SqlStores.open(StorageSpec.in(Path.of(arguments[0]))));
    WriteBehind writes = new WriteBehind(stores, RealTicker.INSTANCE, WriteSettings.DEFAULT);
    AtomicInteger offered = new AtomicInteger();
    writes.watch(Workspace.DEFAULT, () -> state(offered.get()));
    writes.start();
    PrintStream out = new PrintStream(System.out, true);
    for (int number = 0; ; number++) {
      writes.offer(Rows.row(number));
      offered.set(number + 1);
      out.println("row " + number + " " + System.currentTimeMillis());
      if (number % ROWS_PER_SETTING == 0) {
        stores
            .settings()
            .change(Workspace.DEFAULT, Map.of(SETTING, Integer.toString(number)), Set.of());
        out.println("setting " + number + " " + System.currentTimeMillis());
      }
      LockSupport.parkNanos(BETWEEN_ROWS_NANOS);
    }
  }

  private static PoolState state(int tokens) {
    return new PoolState(
        RealTicker.INSTANCE.now(),
        List.of(),
        List.of(),
        List.of(new SavedUsage(KEY, Rows.row(0).day(), tokens, 2 * tokens)),
        List.of());
  }
}
