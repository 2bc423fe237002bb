package dev.forebay.control;

import java.util.Map;
import java.util.Set;

/// Where settings live: names and their values as text, which only control interprets. Thread-safe;
/// may block; a failure of the database is a [StorageException].
public interface SettingsStore {

  /// The workspace's settings, as one consistent picture.
  Map<String, String> settings(String workspace);

  /// Writes several settings and removes others, all of it or nothing. When it returns, a `kill -9`
  /// loses none of it.
  ///
  /// @throws IllegalArgumentException when the workspace does not exist
  void change(String workspace, Map<String, String> put, Set<String> remove);
}
