package dev.forebay.bench.compare;

/// A server that takes turns: nginx, Forebay, or the mock itself.
///
/// @param streamPort where it takes requests for streams
record Contender(Child child, int streamPort) implements AutoCloseable {

  /// One port for everything.
  static Contender of(Child child) {
    return new Contender(child, child.port());
  }

  int port(Wish wish) {
    return switch (wish) {
      case Wish.Body _ -> child.port();
      case Wish.Events _ -> streamPort;
    };
  }

  int port() {
    return child.port();
  }

  ProcessHandle process() {
    return child.process();
  }

  @Override
  public String toString() {
    return child.toString();
  }

  @Override
  public void close() {
    child.close();
  }
}
