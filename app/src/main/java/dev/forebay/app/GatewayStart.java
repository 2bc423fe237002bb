package dev.forebay.app;

/// What became of starting a gateway.
public sealed interface GatewayStart {

  /// It listens; whoever asked stops it.
  record Running(Gateway gateway) implements GatewayStart {}

  /// It can not run, and nothing of it is left open.
  ///
  /// @param reason what is wrong and what to do, in one sentence for people
  record Refused(String reason) implements GatewayStart {}
}
