package dev.forebay.control;

import dev.forebay.exchange.Ownership;
import java.util.List;

/// Where it is kept which account holds a stored resource. Thread-safe; may block; a failure of the
/// database is a [StorageException].
public interface OwnerStore {

  /// The latest `most` of a workspace, the latest first.
  List<Ownership> latest(String workspace, int most);

  /// Adds owners; a later one of the same resource replaces an earlier one.
  void put(String workspace, List<Ownership> owners);

  /// Forgets the oldest, so that `most` are left, and returns how many went.
  int trim(String workspace, int most);
}
