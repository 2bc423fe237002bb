package dev.forebay.transport.admin;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/// One server-sent event, written out once for everybody who gets it. Immutable.
///
/// @param bytes as it goes over the wire
record LiveEvent(Buffer bytes) {

  /// @param data JSON on one line
  static LiveEvent of(String name, String data) {
    byte[] text = ("event: " + name + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    return new LiveEvent(Buffer.buffer(text));
  }
}
