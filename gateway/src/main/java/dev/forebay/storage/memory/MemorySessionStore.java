package dev.forebay.storage.memory;

import dev.forebay.control.SessionStore;
import dev.forebay.control.StoredSession;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Sessions in memory. Thread-safe.
final class MemorySessionStore implements SessionStore {

  private final MemoryPeople people;

  private final Map<String, StoredSession> byHash = new ConcurrentHashMap<>();

  MemorySessionStore(MemoryPeople people) {
    this.people = people;
  }

  @Override
  public boolean add(StoredSession session) {
    // The lock of the people, so that nobody is removed in between.
    synchronized (people) {
      if (people.person(session.workspace(), session.personId()).isEmpty()) {
        return false;
      }
      byHash.put(
          session.hash(),
          session.withTimes(
              MemoryStores.kept(session.createdAt()), MemoryStores.kept(session.lastSeenAt())));
      return true;
    }
  }

  @Override
  public Optional<StoredSession> withHash(String workspace, String hash) {
    return Optional.ofNullable(byHash.get(hash))
        .filter(session -> session.workspace().equals(workspace));
  }

  @Override
  public List<StoredSession> sessions(String workspace, String personId) {
    return byHash.values().stream()
        .filter(session -> session.workspace().equals(workspace))
        .filter(session -> session.personId().equals(personId))
        .sorted(
            Comparator.comparing(StoredSession::createdAt)
                .thenComparing(StoredSession::id)
                .reversed())
        .toList();
  }

  @Override
  public void seen(String workspace, String id, Instant at) {
    byHash.replaceAll((hash, session) ->
        session.workspace().equals(workspace) && session.id().equals(id)
            ? session.withTimes(session.createdAt(), MemoryStores.kept(at))
            : session);
  }

  @Override
  public boolean remove(String workspace, String personId, String id) {
    return byHash
        .values()
        .removeIf(session ->
            session.workspace().equals(workspace)
                && session.personId().equals(personId)
                && session.id().equals(id));
  }

  @Override
  public int removeOthers(String workspace, String personId, @Nullable String id) {
    List<StoredSession> others =
        sessions(workspace, personId).stream().filter(session -> !session.id().equals(id)).toList();
    others.forEach(session -> byHash.remove(session.hash()));
    return others.size();
  }

  @Override
  public int removeUnused(String workspace, Instant before) {
    List<StoredSession> unused =
        byHash.values().stream()
            .filter(session -> session.workspace().equals(workspace))
            .filter(session -> session.lastSeenAt().isBefore(before))
            .toList();
    unused.forEach(session -> byHash.remove(session.hash()));
    return unused.size();
  }
}
