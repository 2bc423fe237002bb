package dev.forebay.simulator;

import io.vertx.core.buffer.Buffer;

/// How a stream's dialect says that something went wrong inside a 200.
@FunctionalInterface
interface ErrorEvents {

  /// The bytes that follow the first `events` events instead of the rest.
  Buffer after(int events, StreamError kind);
}
