package dev.forebay.control.settings;

import dev.forebay.control.Settings;
import java.util.Set;

/// What came of changing settings.
public sealed interface SettingsChange {

  /// It is done, and holds for the next request.
  ///
  /// @param managed the names of settings that the file declares
  record Done(Settings settings, Set<String> managed) implements SettingsChange {}

  /// A field cannot be as it is; nothing has changed.
  record Invalid(String field, String message) implements SettingsChange {}

  /// `forebay.yaml` declares this one; nothing has changed.
  record ManagedByFile(String field) implements SettingsChange {}
}
