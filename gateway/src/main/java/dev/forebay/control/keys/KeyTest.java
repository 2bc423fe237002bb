package dev.forebay.control.keys;

import dev.forebay.dialect.Provider;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How trying a key with a free call went. Immutable.
///
/// @param provider null when it is not known whose key it is
/// @param message one sentence for people, without the secret
/// @param latency null when no call was made
/// @param models what the provider lists for this key; empty when it was not accepted
public record KeyTest(
    Verdict verdict,
    @Nullable Provider provider,
    String message,
    @Nullable Duration latency,
    List<String> models) {

  /// What the provider made of the key.
  public enum Verdict {
    ACCEPTED,
    REFUSED,
    THROTTLED,
    UNREACHABLE,
    UNKNOWN_PROVIDER
  }

  public KeyTest {
    models = List.copyOf(models);
  }
}
