package dev.forebay.simulator;

/// Answers of a fixed size, for load tests: the request is authenticated, limited and counted, but
/// its content is not looked at beyond the model and the stream flag.
///
/// The events of a stream come at `eventsPerSecond` after [Pace#firstToken()].
///
/// @param unaryBytes size of the JSON body of an answer that is not streamed; 0 means natural
/// @param streamEvents content events of a stream; 0 means natural
/// @param eventBytes size of one content event, framing included; too small a value gives the least
///   the dialect can do
/// @param eventsPerSecond 0 means all at once
public record Shape(int unaryBytes, int streamEvents, int eventBytes, double eventsPerSecond) {

  /// Answers are written for the request that asks for them.
  public static final Shape NATURAL = new Shape(0, 0, 0, 0);

  public Shape {
    if (unaryBytes < 0 || streamEvents < 0 || eventBytes < 0) {
      throw new IllegalArgumentException(
          "unaryBytes, streamEvents, eventBytes: %d, %d, %d (expected: >= 0; 0 means natural)"
              .formatted(unaryBytes, streamEvents, eventBytes));
    }
    if (!(eventsPerSecond >= 0) || Double.isInfinite(eventsPerSecond)) {
      throw new IllegalArgumentException(
          "eventsPerSecond: " + eventsPerSecond + " (expected: >= 0; 0 means at once)");
    }
  }

  /// Unary answers of `bytes`; streams stay natural.
  public static Shape unary(int bytes) {
    return new Shape(bytes, 0, 0, 0);
  }

  /// Streams of `events` events of `eventBytes` at `eventsPerSecond`; unary answers stay natural.
  public static Shape stream(int events, int eventBytes, double eventsPerSecond) {
    return new Shape(0, events, eventBytes, eventsPerSecond);
  }
}
