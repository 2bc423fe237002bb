package dev.forebay.simulator;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One credential of a simulated organisation.
///
/// @param secret what the client sends; a Gemini secret that starts with `ya29.` is an OAuth access
///   token and is accepted as `Authorization: Bearer` only
/// @param section the part of the organisation it belongs to: Anthropic's workspace (`wrkspc_…`),
///   OpenAI's project (`proj_…`); empty for the organisation's default one
/// @param limits limits of this key alone, on top of its organisation's
/// @param models ids this key may use; empty for all
/// @param pace how fast it is answered; null follows its organisation
public record SimulatedKey(
    String secret, String section, Limits limits, Set<String> models, @Nullable Pace pace) {

  public SimulatedKey {
    if (secret.isBlank()) {
      throw new IllegalArgumentException("secret: '' (expected: a non-empty string)");
    }
    models = Set.copyOf(models);
  }

  public static SimulatedKey of(String secret) {
    return new SimulatedKey(secret, "", Limits.NONE, Set.of(), null);
  }

  public SimulatedKey withSection(String value) {
    return new SimulatedKey(secret, value, limits, models, pace);
  }

  public SimulatedKey withLimits(Limits value) {
    return new SimulatedKey(secret, section, value, models, pace);
  }

  public SimulatedKey withModels(Set<String> value) {
    return new SimulatedKey(secret, section, limits, value, pace);
  }

  public SimulatedKey withPace(@Nullable Pace value) {
    return new SimulatedKey(secret, section, limits, models, value);
  }
}
