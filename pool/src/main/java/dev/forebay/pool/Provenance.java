package dev.forebay.pool;

/// Who said so.
public enum Provenance {
  /// The provider, in a header or an error body.
  PROVIDER,
  /// The pool's own estimate.
  ESTIMATED,
  /// A person, in the console or on the command line.
  PERSON,
  /// The configuration file.
  CONFIGURATION
}
