package dev.forebay.transport.wire;

import io.vertx.core.http.HttpServerRequest;

/// What is served beside the data plane on the same port: the console and its API. Thread-safe:
/// every event loop asks the same one, each for its own connections.
@FunctionalInterface
public interface ControlPlane {

  /// Takes the request, or leaves it to the data plane and returns false. Called on the event loop
  /// for every path that does not begin like one of the data plane's own.
  ///
  /// @param plane the data plane of this loop, for requests that a signed-in person makes
  boolean accept(HttpServerRequest request, String path, DataPlane plane);
}
