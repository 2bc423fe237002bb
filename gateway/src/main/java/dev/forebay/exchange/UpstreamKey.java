package dev.forebay.exchange;

import dev.forebay.secrets.Secret;

/// How to reach a provider with one key. Implementations are immutable.
public interface UpstreamKey {

  /// Where its requests go.
  Origin origin();

  /// The credential itself.
  Secret secret();
}
