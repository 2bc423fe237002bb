package dev.forebay.control;

/// Is told when another snapshot becomes the current one.
@FunctionalInterface
public interface SnapshotListener {

  /// Called on the control plane's thread, one change at a time, after [SnapshotSource#current()]
  /// answers `after`.
  void changed(Snapshot before, Snapshot after);
}
