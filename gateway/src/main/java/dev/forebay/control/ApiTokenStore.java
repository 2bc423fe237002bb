package dev.forebay.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where API tokens live, by their digests. Thread-safe; may block; a failure of the database is a
/// [StorageException].
public interface ApiTokenStore {

  /// Adds a token; false, and nothing changes, when its hash or id is taken or the person does not
  /// exist.
  ///
  /// @param hash SHA-256 of the token in lower-case hex
  boolean add(ApiToken token, String hash);

  /// A person's tokens, the youngest first.
  List<ApiToken> tokens(String workspace, String personId);

  /// The token with this hash.
  Optional<ApiToken> withHash(String workspace, String hash);

  /// Notes that the token was used.
  void used(String workspace, String id, Instant at);

  /// Revokes one of the person's tokens; false if there was none.
  boolean remove(String workspace, String personId, String id);
}
