package dev.forebay.dialect;

import org.jspecify.annotations.Nullable;

/// The headers of one message, read by name.
@FunctionalInterface
public interface HeaderLookup {

  /// The first value of a header; names are given in lower case, and matched whatever their case on
  /// the wire.
  @Nullable String get(String lowerCaseName);
}
