package dev.forebay.storage.memory;

import dev.forebay.control.Pass;
import dev.forebay.control.PassStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Passes in memory. Thread-safe.
final class MemoryPassStore implements PassStore {

  /// By the hash of their tokens; guarded by `this`.
  private final Map<String, Pass> byHash = new HashMap<>();

  @Override
  public synchronized boolean add(Pass pass, String hash) {
    boolean taken =
        byHash.containsKey(hash)
            || byHash.values().stream()
                .anyMatch(other ->
                    other.workspace().equals(pass.workspace()) && other.id().equals(pass.id()));
    if (!taken) {
      byHash.put(
          hash,
          pass.withTimes(MemoryStores.kept(pass.createdAt()), MemoryStores.kept(pass.expiresAt())));
    }
    return !taken;
  }

  @Override
  public synchronized List<Pass> passes(String workspace, Pass.Kind kind) {
    return byHash.values().stream()
        .filter(of(workspace, kind))
        .sorted(Comparator.comparing(Pass::createdAt).thenComparing(Pass::id).reversed())
        .toList();
  }

  @Override
  public synchronized Optional<Pass> find(
      String workspace, Pass.Kind kind, String hash, Instant now) {
    return Optional.ofNullable(byHash.get(hash))
        .filter(of(workspace, kind))
        .filter(pass -> pass.expiresAt().isAfter(now));
  }

  @Override
  public synchronized Optional<Pass> take(
      String workspace, Pass.Kind kind, String hash, Instant now) {
    Optional<Pass> found = find(workspace, kind, hash, now);
    found.ifPresent(_ -> byHash.remove(hash));
    return found;
  }

  @Override
  public synchronized boolean remove(String workspace, Pass.Kind kind, String id) {
    return byHash.values().removeIf(of(workspace, kind).and(pass -> pass.id().equals(id)));
  }

  @Override
  public synchronized int removeAll(String workspace, Pass.Kind kind) {
    return removed(of(workspace, kind));
  }

  @Override
  public synchronized int removeExpired(String workspace, Instant now) {
    return removed(pass -> pass.workspace().equals(workspace) && !pass.expiresAt().isAfter(now));
  }

  /// Removes what signs a removed person in.
  synchronized void removeOf(String workspace, String personId) {
    removed(pass -> pass.workspace().equals(workspace) && personId.equals(pass.personId()));
  }

  private int removed(Predicate<Pass> which) {
    int before = byHash.size();
    byHash.values().removeIf(which);
    return before - byHash.size();
  }

  private static Predicate<Pass> of(String workspace, Pass.Kind kind) {
    return pass -> pass.workspace().equals(workspace) && pass.kind() == kind;
  }
}
