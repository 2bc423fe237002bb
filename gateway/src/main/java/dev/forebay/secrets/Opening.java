package dev.forebay.secrets;

/// What became of opening a sealed secret.
public sealed interface Opening {

  record Opened(Secret secret) implements Opening {}

  /// The secret cannot be opened.
  ///
  /// @param problem why, and what to do, as the end of a sentence that begins with the secret's
  ///   name
  record Refused(String problem) implements Opening {}
}
