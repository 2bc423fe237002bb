package dev.forebay.control;

import java.time.Instant;
import java.util.Optional;

/// Where attempts to connect accounts live. Thread-safe; may block; a failure of the database is a
/// [StorageException].
public interface ConsentStore {

  /// Adds an attempt.
  ///
  /// @throws IllegalArgumentException when the workspace does not exist, or the verifier cannot be
  ///   read
  void add(StoredConsent consent);

  /// The attempt whose state has this digest, used or not.
  Optional<StoredConsent> withState(String workspace, String stateHash);

  /// Marks an attempt as used; false when it was used before, or is gone. Of many who ask at once
  /// one is told true.
  boolean use(String workspace, String id, Instant at);

  /// Removes attempts that ended before then; how many there were.
  int removeExpired(String workspace, Instant before);
}
