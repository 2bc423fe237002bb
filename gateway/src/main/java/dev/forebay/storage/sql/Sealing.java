package dev.forebay.storage.sql;

import dev.forebay.control.StorageException;
import dev.forebay.control.StorageProblem;
import dev.forebay.control.StoredSecret;
import dev.forebay.secrets.KeysetException;
import dev.forebay.secrets.Opening;
import dev.forebay.secrets.Sealer;
import dev.forebay.secrets.Secret;

/// Seals the secrets of rows and opens them, with the words of this package. Thread-safe.
final class Sealing {

  private final Sealer sealer;

  Sealing(Sealer sealer) {
    this.sealer = sealer;
  }

  byte[] seal(Secret secret, String workspace, String id) {
    try {
      return sealer.seal(secret, workspace, id);
    } catch (KeysetException e) {
      throw new StorageException(new StorageProblem.Keyset(e.problem()), e);
    }
  }

  /// @param what the beginning of a sentence about the secret, should it not open
  StoredSecret open(byte[] sealed, String workspace, String id, String what) {
    try {
      return switch (sealer.open(sealed, workspace, id)) {
        case Opening.Opened(Secret secret) -> new StoredSecret.Opened(secret);
        case Opening.Refused(String problem) -> new StoredSecret.Unreadable(what + " " + problem);
      };
    } catch (KeysetException e) {
      throw new StorageException(new StorageProblem.Keyset(e.problem()), e);
    }
  }

  /// Whether an older key of the keyset sealed these bytes.
  boolean stale(byte[] sealed) {
    return sealer.stale(sealed);
  }
}
