package dev.forebay.control.keys;

import org.jspecify.annotations.Nullable;

/// What came of changing a provider key.
public sealed interface KeyChange {

  /// It is done, and holds for the next request.
  ///
  /// @param key as it is now, or was before it was deleted
  record Done(ConfiguredKey key) implements KeyChange {}

  /// It is added, and holds for the next request.
  ///
  /// @param test how the key's test went, if it was tested
  /// @param notice what to know of it, as the end of a sentence that begins with its name; null
  ///   when there is nothing to say
  record Added(ConfiguredKey key, @Nullable KeyTest test, @Nullable String notice)
      implements KeyChange {}

  /// A field cannot be as it is.
  record Invalid(String field, String message) implements KeyChange {}

  /// Another key has that already.
  record Conflict(String message) implements KeyChange {}

  /// The provider refused the key, and nobody insisted.
  record Refused(KeyTest test) implements KeyChange {}

  /// `forebay.yaml` declares the key.
  record ManagedByFile() implements KeyChange {}

  /// There is no such key.
  record NotFound() implements KeyChange {}
}
