package dev.forebay.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An account with a provider: what limits, prompt cache and stored conversations belong to.
///
/// For Gemini it is a project, and `id` its number.
///
/// @param provider `anthropic`, `openai` or `gemini`
/// @param id what the identity headers report
/// @param limits limits of each model group
/// @param modelLimits limits of single model groups instead; the key is a model id or a prefix that
///   ends in `*`
/// @param standing how every request ends, such as a spent account; null when in good standing
/// @param pace how fast its keys are answered; null follows the simulator
/// @param freeTier Gemini: quota ids carry the free tier's suffix
public record SimulatedOrganization(
    String provider,
    String id,
    Limits limits,
    Map<String, Limits> modelLimits,
    List<SimulatedKey> keys,
    @Nullable Fault standing,
    @Nullable Pace pace,
    boolean freeTier) {

  public SimulatedOrganization {
    Provider.of(provider);
    if (id.isBlank()) {
      throw new IllegalArgumentException("id: '' (expected: a non-empty string)");
    }
    modelLimits = Map.copyOf(modelLimits);
    keys = List.copyOf(keys);
    if (standing != null) {
      FaultRule.requireApplicable(KeyMatcher.provider(provider), standing);
    }
  }

  public static SimulatedOrganization anthropic(String id, String... secrets) {
    return of(Provider.ANTHROPIC, id, secrets);
  }

  public static SimulatedOrganization openai(String id, String... secrets) {
    return of(Provider.OPENAI, id, secrets);
  }

  public static SimulatedOrganization gemini(String id, String... secrets) {
    return of(Provider.GEMINI, id, secrets);
  }

  private static SimulatedOrganization of(Provider provider, String id, String... secrets) {
    List<SimulatedKey> keys = new ArrayList<>();
    for (String secret : secrets) {
      keys.add(SimulatedKey.of(secret));
    }
    return new SimulatedOrganization(
        provider.id(), id, Limits.NONE, Map.of(), keys, null, null, false);
  }

  public SimulatedOrganization withLimits(Limits value) {
    return new SimulatedOrganization(
        provider, id, value, modelLimits, keys, standing, pace, freeTier);
  }

  public SimulatedOrganization withModelLimits(Map<String, Limits> value) {
    return new SimulatedOrganization(provider, id, limits, value, keys, standing, pace, freeTier);
  }

  public SimulatedOrganization withKeys(SimulatedKey... value) {
    return new SimulatedOrganization(
        provider, id, limits, modelLimits, List.of(value), standing, pace, freeTier);
  }

  public SimulatedOrganization withStanding(@Nullable Fault value) {
    return new SimulatedOrganization(
        provider, id, limits, modelLimits, keys, value, pace, freeTier);
  }

  public SimulatedOrganization withFreeTier(boolean value) {
    return new SimulatedOrganization(
        provider, id, limits, modelLimits, keys, standing, pace, value);
  }

  public SimulatedOrganization withPace(@Nullable Pace value) {
    return new SimulatedOrganization(
        provider, id, limits, modelLimits, keys, standing, value, freeTier);
  }
}
