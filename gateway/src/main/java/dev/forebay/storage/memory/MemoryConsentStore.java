package dev.forebay.storage.memory;

import dev.forebay.control.ConsentStore;
import dev.forebay.control.StoredConsent;
import dev.forebay.control.StoredSecret;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/// Attempts to connect accounts, in memory. Thread-safe.
final class MemoryConsentStore implements ConsentStore {

  private final MemoryStores stores;

  /// By the digest of the state. Guarded by `this`.
  private final Map<String, StoredConsent> consents = new HashMap<>();

  MemoryConsentStore(MemoryStores stores) {
    this.stores = stores;
  }

  @Override
  public synchronized void add(StoredConsent consent) {
    stores.require(consent.workspace());
    if (!(consent.verifier() instanceof StoredSecret.Opened)) {
      throw new IllegalArgumentException(
          "consent " + consent.id() + ": no verifier (expected: one that can be read)");
    }
    consents.put(
        consent.stateHash(),
        consent.withTimes(
            MemoryStores.kept(consent.createdAt()),
            MemoryStores.kept(consent.expiresAt()),
            consent.usedAt()));
  }

  @Override
  public synchronized Optional<StoredConsent> withState(String workspace, String stateHash) {
    return Optional.ofNullable(consents.get(stateHash))
        .filter(consent -> consent.workspace().equals(workspace));
  }

  @Override
  public synchronized boolean use(String workspace, String id, Instant at) {
    for (Map.Entry<String, StoredConsent> entry : consents.entrySet()) {
      StoredConsent consent = entry.getValue();
      if (consent.workspace().equals(workspace) && consent.id().equals(id)) {
        if (consent.usedAt() != null) {
          return false;
        }
        entry.setValue(
            consent.withTimes(consent.createdAt(), consent.expiresAt(), MemoryStores.kept(at)));
        return true;
      }
    }
    return false;
  }

  @Override
  public synchronized int removeExpired(String workspace, Instant before) {
    int removed = 0;
    for (Iterator<StoredConsent> each = consents.values().iterator(); each.hasNext(); ) {
      StoredConsent consent = each.next();
      if (consent.workspace().equals(workspace) && consent.expiresAt().isBefore(before)) {
        each.remove();
        removed++;
      }
    }
    return removed;
  }
}
