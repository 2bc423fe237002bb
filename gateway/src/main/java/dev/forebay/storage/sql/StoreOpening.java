package dev.forebay.storage.sql;

import dev.forebay.control.StorageProblem;
import dev.forebay.control.Stores;

/// What became of opening the storage.
public sealed interface StoreOpening {

  /// It is open, its tables are up to date; whoever asked closes it.
  record Ready(Stores stores) implements StoreOpening {}

  /// It cannot be used; nothing is left open.
  record Refused(StorageProblem problem) implements StoreOpening {}
}
