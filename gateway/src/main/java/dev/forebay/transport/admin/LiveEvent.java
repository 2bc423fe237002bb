package dev.forebay.transport.admin;

import java.nio.charset.StandardCharsets;

/// One server-sent event, written out once for everybody who gets it. Immutable.
///
/// @param bytes as it goes over the wire; never changed
record LiveEvent(byte[] bytes) {

  /// @param data JSON on one line
  static LiveEvent of(String name, String data) {
    return written("event: " + name + "\ndata: " + data + "\n\n");
  }

  /// The same with a number, by which readers notice what they have missed.
  static LiveEvent of(String name, long number, String data) {
    return written("id: " + number + "\nevent: " + name + "\ndata: " + data + "\n\n");
  }

  private static LiveEvent written(String text) {
    return new LiveEvent(text.getBytes(StandardCharsets.UTF_8));
  }
}
