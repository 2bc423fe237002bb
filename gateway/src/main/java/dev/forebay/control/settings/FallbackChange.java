package dev.forebay.control.settings;

/// What came of changing who stands in for whom.
public sealed interface FallbackChange {

  /// It is done, and holds for the next request.
  record Done() implements FallbackChange {}

  /// A field cannot be as it is; nothing has changed.
  record Invalid(String field, String message) implements FallbackChange {}

  /// `forebay.yaml` declares it; nothing has changed.
  record ManagedByFile() implements FallbackChange {}
}
