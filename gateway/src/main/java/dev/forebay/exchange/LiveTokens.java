package dev.forebay.exchange;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The access tokens of all connected accounts, by key id. Thread-safe.
///
/// They live in memory only, and longer than any configuration: a key keeps its token when it is
/// edited.
public final class LiveTokens {

  private final Map<String, LiveToken> tokens = new ConcurrentHashMap<>();

  /// The place of one key's token, which is made when there is none.
  public LiveToken of(String keyId) {
    return tokens.computeIfAbsent(keyId, _ -> new LiveToken());
  }

  /// Forgets a key that is gone.
  public void forget(String keyId) {
    LiveToken gone = tokens.remove(keyId);
    if (gone != null) {
      gone.clear();
    }
  }
}
