package dev.forebay.dialect;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a request's prompt begins with, as far as a provider's prompt cache is concerned.
/// *Immutable.*
///
/// @param fingerprint of tools, system prompt and the turns up to the first of the user's: the same
///   for every request of a conversation; 0 where nothing is cached
/// @param cacheKey the caller's own name for it (`prompt_cache_key`); null when it gave none
/// @param keyed whether the body has the field `prompt_cache_key`, whatever its value
/// @param life how long the caller wants it cached; zero when it leaves that to the provider
/// @param splice where a field can be put in front of all others, in bytes from the beginning
public record PromptPrefix(
    long fingerprint, @Nullable String cacheKey, boolean keyed, Duration life, long splice) {

  /// Of a request that no cache serves.
  public static final PromptPrefix NONE = new PromptPrefix(0, null, false, Duration.ZERO, -1);

  private static final byte[] FIELD = "\"prompt_cache_key\":".getBytes(StandardCharsets.US_ASCII);

  /// The splice that gives a body a `prompt_cache_key`.
  ///
  /// @param at where, as [#splice] says
  public static BodyEdits.Edit keyedBy(String key, long at) {
    byte[] value = Json.quoted(key);
    byte[] field = new byte[FIELD.length + value.length + 1];
    System.arraycopy(FIELD, 0, field, 0, FIELD.length);
    System.arraycopy(value, 0, field, FIELD.length, value.length);
    field[field.length - 1] = ',';
    return new BodyEdits.Edit(at, at, field);
  }
}
