package dev.forebay.simulator;

import io.vertx.core.http.HttpServerRequest;

/// The simulator's own endpoints, under `/_simulator/`. Event loop only.
final class Control {

  static final String PREFIX = "/_simulator/";

  private final World world;

  Control(World world) {
    this.world = world;
  }

  void handle(HttpServerRequest request) {
    request
        .response()
        .setStatusCode(world.keys().isEmpty() ? 404 : 404)
        .end("unknown path: " + request.path());
  }
}
