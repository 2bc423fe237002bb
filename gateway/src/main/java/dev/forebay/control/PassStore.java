package dev.forebay.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where passes live, by the digests of their tokens. Thread-safe; may block; a failure of the
/// database is a [StorageException].
public interface PassStore {

  /// Adds a pass; false, and nothing changes, when its id or hash is taken.
  ///
  /// @param hash SHA-256 of the token in lower-case hex
  /// @throws IllegalArgumentException when the workspace does not exist
  boolean add(Pass pass, String hash);

  /// The passes of one kind, the youngest first, those that have expired too.
  List<Pass> passes(String workspace, Pass.Kind kind);

  /// The pass with this hash, if it has not expired.
  Optional<Pass> find(String workspace, Pass.Kind kind, String hash, Instant now);

  /// Takes a pass away and returns it, if it has not expired: of several callers one gets it.
  Optional<Pass> take(String workspace, Pass.Kind kind, String hash, Instant now);

  /// Removes one pass; false if there was none.
  boolean remove(String workspace, Pass.Kind kind, String id);

  /// Removes all passes of one kind; returns how many.
  int removeAll(String workspace, Pass.Kind kind);

  /// Removes what has expired; returns how many.
  int removeExpired(String workspace, Instant now);
}
