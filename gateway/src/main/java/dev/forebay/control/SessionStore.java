package dev.forebay.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where sessions live. Thread-safe; may block; a failure of the database is a [StorageException].
public interface SessionStore {

  /// Adds a session; false, and nothing changes, when the person does not exist.
  boolean add(StoredSession session);

  /// The session with this hash.
  Optional<StoredSession> withHash(String workspace, String hash);

  /// A person's sessions, the youngest first.
  List<StoredSession> sessions(String workspace, String personId);

  /// Notes that the session was used.
  void seen(String workspace, String id, Instant at);

  /// Ends one of the person's sessions; false if there was none.
  boolean remove(String workspace, String personId, String id);

  /// Ends all of the person's sessions but this one, or every one when it is null; returns how
  /// many.
  int removeOthers(String workspace, String personId, @Nullable String id);

  /// Removes sessions that were last used before this; returns how many.
  int removeUnused(String workspace, Instant before);
}
