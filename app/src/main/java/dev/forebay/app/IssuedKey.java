package dev.forebay.app;

import dev.forebay.control.ClientKeyStore;
import dev.forebay.control.Config;
import dev.forebay.control.StoredClientKey;
import dev.forebay.control.Workspace;
import dev.forebay.pool.Ticker;
import dev.forebay.secrets.ClientKeys;
import dev.forebay.secrets.Digest;
import dev.forebay.secrets.Secret;
import dev.forebay.secrets.SecretAccess;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Makes the first client key, so that a fresh install can be used at once.
final class IssuedKey {
  private static final String NAME = "first";

  private IssuedKey() {}

  /// A new key when nobody has one, neither in the file nor in the database; else null.
  ///
  /// Only its digest is stored: this is the one time it can be shown.
  static @Nullable Secret issueIfNone(
      Config config, ClientKeyStore store, Ticker ticker, RandomGenerator random) {
    if (!config.clientKeys().isEmpty() || !store.clientKeys(Workspace.DEFAULT).isEmpty()) {
      return null;
    }
    Secret key = ClientKeys.generate(random);
    String hash = Digest.sha256(key.reveal(SecretAccess.granted()));
    store.add(
        new StoredClientKey(
            Workspace.DEFAULT,
            "client-" + hash.substring(0, 16),
            NAME,
            hash,
            key.suffix(),
            ticker.now(),
            null));
    return key;
  }
}
