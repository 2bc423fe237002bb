package dev.forebay.control;

import dev.forebay.exchange.ClientLimits;
import dev.forebay.exchange.StandIns;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where client keys live. Thread-safe; may block; a failure of the database is a
/// [StorageException].
public interface ClientKeyStore {

  /// The workspace's client keys, the revoked ones too, ordered by creation and then by id.
  List<StoredClientKey> clientKeys(String workspace);

  /// Adds a client key; false, and nothing changes, when its hash or its id is already taken.
  ///
  /// @throws IllegalArgumentException when the workspace does not exist
  boolean add(StoredClientKey key);

  /// Gives a client key a name, limits and stand-ins; false if there is none.
  ///
  /// @param standIns null for whoever the settings name
  boolean change(
      String workspace, String id, String name, ClientLimits limits, @Nullable StandIns standIns);

  /// Revokes a client key for good; false if there is none or it was revoked before.
  boolean revoke(String workspace, String id, Instant at);

  /// When client keys were last used, by id; those that never were are missing.
  Map<String, Instant> lastUses(String workspace);

  /// Remembers when client keys were used, by id, unless a later use is known. The file's keys are
  /// among them.
  void used(String workspace, Map<String, Instant> uses);

  /// Removes a client key; false if there was none. Its usage rows stay.
  boolean remove(String workspace, String id);
}
