package dev.forebay.exchange;

import dev.forebay.dialect.GatewayError;

/// Why a target cannot take a request.
///
/// @param error what the client is told when it stays at that
/// @param everywhere whether the request is not what its own dialect takes, so that no target is to
///   be asked
record Obstacle(GatewayError error, boolean everywhere) {

  /// Another target may do better.
  static Obstacle here(String message) {
    return new Obstacle(GatewayError.of(GatewayError.Kind.INVALID_REQUEST, message), false);
  }

  static Obstacle everywhere(GatewayError.Kind kind, String message) {
    return new Obstacle(GatewayError.of(kind, message), true);
  }
}
