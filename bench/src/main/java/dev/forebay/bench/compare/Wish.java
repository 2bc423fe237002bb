package dev.forebay.bench.compare;

/// What a request asks the mock for, written as its model name so that it passes every proxy.
sealed interface Wish {

  /// An answer body of `bytes` bytes at once.
  record Body(int bytes) implements Wish {}

  /// A stream of `events` events, `perSecond` of them a second.
  record Events(int perSecond, int events) implements Wish {}

  String PREFIX = "bench-";

  /// The model name that says it: `bench-b2048`, `bench-e20x400`.
  default String model() {
    return switch (this) {
      case Body(int bytes) -> PREFIX + "b" + bytes;
      case Events(int perSecond, int events) -> PREFIX + "e" + perSecond + "x" + events;
    };
  }

  /// Reads a model name; throws with the name when it is none of ours.
  static Wish of(String model) {
    if (model.startsWith(PREFIX + "b")) {
      return new Body(Integer.parseInt(model.substring(PREFIX.length() + 1)));
    }
    int times = model.indexOf('x', PREFIX.length());
    if (model.startsWith(PREFIX + "e") && times > 0) {
      return new Events(
          Integer.parseInt(model.substring(PREFIX.length() + 1, times)),
          Integer.parseInt(model.substring(times + 1)));
    }
    throw new IllegalArgumentException(
        "model: " + model + " (expected: bench-b<bytes> or bench-e<per second>x<events>)");
  }
}
