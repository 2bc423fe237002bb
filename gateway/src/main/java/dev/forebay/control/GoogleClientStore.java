package dev.forebay.control;

import java.util.Optional;

/// Where the operator's OAuth client lives, one for each workspace. Thread-safe; may block; a
/// failure of the database is a [StorageException].
public interface GoogleClientStore {

  /// The client, if there is one.
  Optional<StoredGoogleClient> client(String workspace);

  /// Sets the client. One whose secret is [StoredSecret.Unreadable] keeps the sealed secret that is
  /// stored.
  ///
  /// @throws IllegalArgumentException when the workspace does not exist, or when the secret is
  ///   unreadable and nothing is stored
  void put(StoredGoogleClient client);

  /// Forgets the client; false if there was none.
  boolean remove(String workspace);
}
