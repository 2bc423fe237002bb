package dev.forebay.control.keys;

import dev.forebay.dialect.Provider;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is said of a new provider key beside its secret. Immutable.
///
/// @param provider null to recognise it from the secret
/// @param name null for the next free `anthropic-1`, `anthropic-2`, …
/// @param priority 1 to 10, 10 is the highest
/// @param dailyTokens null for no budget
/// @param dailyNanoDollars billionths of a US dollar; null for no budget
/// @param models models and `prefix*` patterns; empty for all
/// @param baseUrl null for the provider's own address
/// @param limitGroup null for a group of its own
public record KeyFields(
    @Nullable Provider provider,
    @Nullable String name,
    int priority,
    @Nullable Long dailyTokens,
    @Nullable Long dailyNanoDollars,
    Set<String> models,
    @Nullable String baseUrl,
    @Nullable String limitGroup,
    String note,
    boolean paused) {

  /// The priority of a key that says none.
  public static final int NORMAL_PRIORITY = 5;

  /// Nothing is said.
  public static final KeyFields NONE =
      new KeyFields(null, null, NORMAL_PRIORITY, null, null, Set.of(), null, null, "", false);

  public KeyFields {
    models = Set.copyOf(models);
  }

  /// The same for another key of the same paste.
  KeyFields named(Provider otherProvider, String otherName) {
    return new KeyFields(
        otherProvider,
        otherName,
        priority,
        dailyTokens,
        dailyNanoDollars,
        models,
        baseUrl,
        limitGroup,
        note,
        paused);
  }
}
