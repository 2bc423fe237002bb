package dev.forebay.storage.sql;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the data lies. Immutable.
///
/// @param data the data directory; it holds the SQLite file and the keyset, and is made when
///   missing
/// @param database a `jdbc:postgresql:` address; null for SQLite in the data directory
/// @param keyset the keyset itself, from `FOREBAY_KEYSET`; null for a file in the data directory
public record StorageSpec(Path data, @Nullable String database, @Nullable String keyset) {

  /// The name of the environment variable that may hold the keyset.
  public static final String KEYSET_VARIABLE = "FOREBAY_KEYSET";

  /// The keyset's name in the data directory.
  public static final String KEYSET_FILE = "keyset.json";

  /// SQLite and a keyset file, both in this directory.
  public static StorageSpec in(Path data) {
    return new StorageSpec(data, null, null);
  }

  /// Shows neither the keyset nor the password that an address may carry.
  @Override
  public String toString() {
    return "StorageSpec[data=" + data + ", database=" + (database == null ? "sqlite" : "…") + "]";
  }
}
