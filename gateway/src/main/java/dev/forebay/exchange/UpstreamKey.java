package dev.forebay.exchange;

/// How to reach a provider with one key. Implementations are immutable, but for the access token
/// that a credential may look up.
public interface UpstreamKey {

  /// Where its requests go.
  Origin origin();

  /// What it shows to be let in.
  Credential credential();
}
