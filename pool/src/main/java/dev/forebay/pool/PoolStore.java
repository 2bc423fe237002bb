package dev.forebay.pool;

/// Where a [PoolState] waits for the next start. Implementations are thread-safe and may block;
/// nothing on the path of a request calls them.
public interface PoolStore {

  /// The last saved state, or [PoolState#EMPTY].
  PoolState load();

  void save(PoolState state);
}
