package dev.forebay.control;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A provider key as the database keeps it. Immutable.
///
/// @param provider `anthropic`, `openai` or `gemini`
/// @param name what people call it; control keeps it unique, the store does not
/// @param suffix the end of the secret, shown to tell keys apart; readable also when the secret is
///   not
/// @param limitGroup the declared limit group; null for a group of its own
/// @param priority 1 to 10, 10 highest
/// @param dailyTokens [Long#MAX_VALUE] for no budget
/// @param dailyNanoDollars [Long#MAX_VALUE] for no budget in money
/// @param models models and `prefix*` patterns it may serve; empty for all
/// @param baseUrl origin with an optional path prefix; null for the provider's own
/// @param account what a connected account is beside a key; null for API keys
public record StoredKey(
    String workspace,
    String id,
    String provider,
    String name,
    StoredSecret secret,
    String suffix,
    @Nullable String limitGroup,
    int priority,
    long dailyTokens,
    long dailyNanoDollars,
    Set<String> models,
    @Nullable String baseUrl,
    boolean paused,
    String note,
    Instant createdAt,
    Instant updatedAt,
    @Nullable StoredAccount account) {

  /// An API key.
  public StoredKey(
      String workspace,
      String id,
      String provider,
      String name,
      StoredSecret secret,
      String suffix,
      @Nullable String limitGroup,
      int priority,
      long dailyTokens,
      long dailyNanoDollars,
      Set<String> models,
      @Nullable String baseUrl,
      boolean paused,
      String note,
      Instant createdAt,
      Instant updatedAt) {
    this(
        workspace,
        id,
        provider,
        name,
        secret,
        suffix,
        limitGroup,
        priority,
        dailyTokens,
        dailyNanoDollars,
        models,
        baseUrl,
        paused,
        note,
        createdAt,
        updatedAt,
        null);
  }

  public StoredKey {
    models = Set.copyOf(models);
    for (String model : models) {
      if (model.isBlank() || model.indexOf('\n') >= 0) {
        throw new IllegalArgumentException(
            "models: \"" + model + "\" (expected: a model or a prefix* pattern, on one line)");
      }
    }
  }

  /// This key with another state of its secret.
  public StoredKey withSecret(StoredSecret other) {
    return new StoredKey(
        workspace,
        id,
        provider,
        name,
        other,
        suffix,
        limitGroup,
        priority,
        dailyTokens,
        dailyNanoDollars,
        models,
        baseUrl,
        paused,
        note,
        createdAt,
        updatedAt,
        account);
  }

  /// This key, switched off or on at a time.
  public StoredKey withPaused(boolean other, Instant at) {
    return new StoredKey(
        workspace,
        id,
        provider,
        name,
        secret,
        suffix,
        limitGroup,
        priority,
        dailyTokens,
        dailyNanoDollars,
        models,
        baseUrl,
        other,
        note,
        createdAt,
        at,
        account);
  }

  /// This key with other times.
  public StoredKey withTimes(Instant created, Instant updated) {
    return new StoredKey(
        workspace,
        id,
        provider,
        name,
        secret,
        suffix,
        limitGroup,
        priority,
        dailyTokens,
        dailyNanoDollars,
        models,
        baseUrl,
        paused,
        note,
        created,
        updated,
        account);
  }

  /// This key as a connected account that is so now.
  public StoredKey withAccount(@Nullable StoredAccount other) {
    return new StoredKey(
        workspace,
        id,
        provider,
        name,
        secret,
        suffix,
        limitGroup,
        priority,
        dailyTokens,
        dailyNanoDollars,
        models,
        baseUrl,
        paused,
        note,
        createdAt,
        updatedAt,
        other);
  }

  /// What credential it is.
  public KeyKind kind() {
    return account == null ? KeyKind.API_KEY : account.kind();
  }

  /// The limit group that it is in: the one that somebody named, else a connected account's
  /// project; null when it is alone.
  public @Nullable String effectiveGroup() {
    return limitGroup != null || account == null ? limitGroup : account.project();
  }
}
