package dev.forebay.storage.sql;

import dev.forebay.pool.PoolState;
import dev.forebay.pool.PoolState.SavedCooling;
import dev.forebay.pool.PoolState.SavedIdentity;
import dev.forebay.pool.PoolState.SavedLesson;
import dev.forebay.pool.PoolState.SavedRejection;
import dev.forebay.pool.PoolState.SavedUsage;
import dev.forebay.pool.PoolStore;
import dev.forebay.pool.Scope;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One workspace's pool state in SQL. Thread-safe.
///
/// It remembers what it stored last and writes only what is different now: the state is saved every
/// second, and most keys have not moved.
final class SqlPoolStore implements PoolStore {

  private record CoolingKey(
      Scope scope, String provider, @Nullable String subject, @Nullable String model) {}

  private record LessonKey(String provider, String model) {}

  private record UsageKey(String keyId, LocalDate day) {}

  private final Database database;

  private final PoolRows rows;

  /// Keeps two savings apart. Only threads that may block take it, and it is held while one writes.
  private final ReentrantLock saving = new ReentrantLock();

  /// What the database holds; null before the first reading and after a write of unknown fate.
  /// Guarded by [#saving].
  private @Nullable PoolState stored;

  SqlPoolStore(Database database, String workspace) {
    this.database = database;
    this.rows = new PoolRows(workspace);
  }

  @Override
  public PoolState load() {
    saving.lock();
    try {
      PoolState present = database.read(rows::read);
      stored = present;
      return present;
    } finally {
      saving.unlock();
    }
  }

  @Override
  public void save(PoolState state) {
    saving.lock();
    try {
      PoolState before = stored == null ? load() : stored;
      Change change = Change.between(before, state);
      if (!change.none()) {
        stored = null;
        database.change(handle -> {
          rows.write(handle, state.at(), change);
        });
      }
      stored = state;
    } finally {
      saving.unlock();
    }
  }

  /// What differs between two states; the time at which they were taken does not count.
  record Change(
      Difference<SavedCooling> coolings,
      Difference<SavedRejection> rejections,
      Difference<SavedUsage> usage,
      Difference<String> pauses,
      Difference<SavedIdentity> identities,
      Difference<SavedLesson> lessons) {

    static Change between(PoolState before, PoolState after) {
      return new Change(
          Difference.between(before.coolings(), after.coolings(), Change::key),
          Difference.between(before.rejections(), after.rejections(), SavedRejection::keyId),
          Difference.between(before.usage(), after.usage(), Change::key),
          Difference.between(before.pausedByPerson(), after.pausedByPerson(), Function.identity()),
          Difference.between(before.identities(), after.identities(), SavedIdentity::keyId),
          Difference.between(before.lessons(), after.lessons(), Change::key));
    }

    private static CoolingKey key(SavedCooling cooling) {
      return new CoolingKey(
          cooling.scope(), cooling.provider(), cooling.subject(), cooling.model());
    }

    private static UsageKey key(SavedUsage used) {
      return new UsageKey(used.keyId(), used.day());
    }

    private static LessonKey key(SavedLesson lesson) {
      return new LessonKey(lesson.provider(), lesson.model());
    }

    boolean none() {
      return List.of(coolings, rejections, usage, pauses, identities, lessons).stream()
          .allMatch(Difference::none);
    }
  }
}
