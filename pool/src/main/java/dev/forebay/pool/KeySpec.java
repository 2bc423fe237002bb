package dev.forebay.pool;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A provider key as it is configured, without its secret.
///
/// @param id identity across reloads: a node keeps its load, status and usage as long as the id and
///   the provider stay
/// @param name what people call it
/// @param provider the provider's id
/// @param limitGroup keys of one provider that share a provider-side limit
/// @param priority 1 to 10, 10 is drawn from first
/// @param dailyTokens the daily budget; [Long#MAX_VALUE] for none
/// @param dailyNanoDollars the daily budget in money; [Long#MAX_VALUE] for none
/// @param models the models it may serve: exact names, or prefixes ending in `*`; empty for all
/// @param paused switched off by configuration
public record KeySpec(
    String id,
    String name,
    String provider,
    String limitGroup,
    int priority,
    long dailyTokens,
    long dailyNanoDollars,
    Set<String> models,
    boolean paused) {

  static final int HIGHEST_PRIORITY = 10;

  private static final String OWN = "key:";

  public KeySpec {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("id is empty (expected: a unique key id)");
    }
    if (priority < 1 || priority > HIGHEST_PRIORITY) {
      throw new IllegalArgumentException(
          "priority of " + name + ": " + priority + " (expected: 1 to 10)");
    }
    if (dailyTokens < 0) {
      throw new IllegalArgumentException(
          "dailyTokens of " + name + ": " + dailyTokens + " (expected: >= 0)");
    }
    if (dailyNanoDollars < 0) {
      throw new IllegalArgumentException(
          "dailyNanoDollars of " + name + ": " + dailyNanoDollars + " (expected: >= 0)");
    }
    models = Set.copyOf(models);
  }

  /// A key without a budget in money.
  public KeySpec(
      String id,
      String name,
      String provider,
      String limitGroup,
      int priority,
      long dailyTokens,
      Set<String> models,
      boolean paused) {
    this(id, name, provider, limitGroup, priority, dailyTokens, Long.MAX_VALUE, models, paused);
  }

  /// The limit group of a key that declares none.
  public static String ownGroup(String id) {
    return OWN + id;
  }

  /// The id of the key whose own group this is; null when it is another kind of group.
  public static @Nullable String ownerOf(String group) {
    return group.startsWith(OWN) ? group.substring(OWN.length()) : null;
  }

  /// Whether this key may serve `model`; every key may serve the empty one, which stands for
  /// requests that name no model.
  public boolean allows(String model) {
    if (models.isEmpty() || model.isEmpty() || models.contains(model)) {
      return true;
    }
    for (String pattern : models) {
      int last = pattern.length() - 1;
      if (last >= 0 && pattern.charAt(last) == '*' && model.regionMatches(0, pattern, 0, last)) {
        return true;
      }
    }
    return false;
  }
}
