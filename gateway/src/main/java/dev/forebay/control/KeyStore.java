package dev.forebay.control;

import java.util.List;
import java.util.Optional;

/// Where provider keys live. Thread-safe; may block; a failure of the database is a
/// [StorageException].
public interface KeyStore {

  /// The workspace's keys, ordered by creation and then by id.
  List<StoredKey> keys(String workspace);

  /// One key.
  Optional<StoredKey> key(String workspace, String id);

  /// Adds the key, or replaces the one with its workspace and id; `createdAt` of an existing one
  /// stays. A key whose secret is [StoredSecret.Unreadable] keeps the sealed secret that is stored.
  ///
  /// @throws IllegalArgumentException when the workspace does not exist, or when the secret is
  ///   unreadable and nothing is stored
  void put(StoredKey key);

  /// As [#put] for several keys, all of them or none.
  void putAll(List<StoredKey> keys);

  /// Removes a key; false if there was none. Its usage rows stay.
  boolean remove(String workspace, String id);
}
