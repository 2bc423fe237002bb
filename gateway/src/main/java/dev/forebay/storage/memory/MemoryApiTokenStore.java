package dev.forebay.storage.memory;

import dev.forebay.control.ApiToken;
import dev.forebay.control.ApiTokenStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// API tokens in memory. Thread-safe.
final class MemoryApiTokenStore implements ApiTokenStore {

  private final MemoryPeople people;

  private final Map<String, ApiToken> byHash = new ConcurrentHashMap<>();

  MemoryApiTokenStore(MemoryPeople people) {
    this.people = people;
  }

  @Override
  public boolean add(ApiToken token, String hash) {
    // The lock of the people, so that nobody is removed in between.
    synchronized (people) {
      boolean taken =
          byHash.containsKey(hash)
              || byHash.values().stream()
                  .anyMatch(other ->
                      other.workspace().equals(token.workspace()) && other.id().equals(token.id()));
      if (taken || people.person(token.workspace(), token.personId()).isEmpty()) {
        return false;
      }
      byHash.put(
          hash,
          token.withTimes(
              MemoryStores.kept(token.createdAt()),
              kept(token.lastUsedAt()),
              kept(token.expiresAt())));
      return true;
    }
  }

  @Override
  public List<ApiToken> tokens(String workspace, String personId) {
    return byHash.values().stream()
        .filter(token -> token.workspace().equals(workspace))
        .filter(token -> token.personId().equals(personId))
        .sorted(Comparator.comparing(ApiToken::createdAt).thenComparing(ApiToken::id).reversed())
        .toList();
  }

  @Override
  public Optional<ApiToken> withHash(String workspace, String hash) {
    return Optional.ofNullable(byHash.get(hash))
        .filter(token -> token.workspace().equals(workspace));
  }

  @Override
  public void used(String workspace, String id, Instant at) {
    byHash.replaceAll((hash, token) ->
        token.workspace().equals(workspace) && token.id().equals(id)
            ? token.withTimes(token.createdAt(), kept(at), token.expiresAt())
            : token);
  }

  @Override
  public boolean remove(String workspace, String personId, String id) {
    return byHash
        .values()
        .removeIf(token ->
            token.workspace().equals(workspace)
                && token.personId().equals(personId)
                && token.id().equals(id));
  }

  /// Removes the tokens of a removed person.
  void removeOf(String workspace, String personId) {
    byHash
        .values()
        .removeIf(
            token -> token.workspace().equals(workspace) && token.personId().equals(personId));
  }

  private static @Nullable Instant kept(@Nullable Instant instant) {
    return instant == null ? null : MemoryStores.kept(instant);
  }
}
