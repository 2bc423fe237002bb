package dev.forebay.storage;

/// Something the storage thread does again and again. Confined to the storage thread.
interface Chore {

  /// Does what is due, and returns for how many nanoseconds nothing will be. Never throws.
  long turn();

  /// Does now what would be due later, because the process ends. Never throws.
  void finish();
}
