package dev.forebay.app.demo;

/// One request of the demo's traffic. *Immutable.*
///
/// @param path where it goes, with its query
/// @param header the header that carries the client key
/// @param version the value of `anthropic-version`; empty for none
/// @param body its JSON
/// @param ending what the last line of a streamed answer contains; empty for an answer in one piece
record Question(String path, String header, String version, String body, String ending) {

  /// Whether the answer is streamed.
  boolean streamed() {
    return !ending.isEmpty();
  }
}
