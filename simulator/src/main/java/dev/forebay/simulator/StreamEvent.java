package dev.forebay.simulator;

import io.vertx.core.buffer.Buffer;

/// One event of a stream, framing included.
///
/// @param tokens output tokens it carries; the stream waits for them before it goes out
record StreamEvent(Buffer bytes, int tokens) {}
