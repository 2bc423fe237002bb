package dev.forebay.exchange;

/// Towards whom a request that names no `prompt_cache_key` is given one.
///
/// OpenAI finds a cached prompt reliably by that key only. Servers that speak its dialect may
/// refuse fields they do not know.
public enum CacheKeys {
  /// OpenAI's own addresses.
  OPENAI,
  /// Whoever speaks OpenAI's dialect.
  ALWAYS,
  /// Nobody.
  NEVER;

  private static final String OWN_HOST = "api.openai.com";

  /// What a configuration calls it.
  ///
  /// @throws IllegalArgumentException with the rule when nothing is called so
  public static CacheKeys of(String word) {
    return switch (word) {
      case "openai" -> OPENAI;
      case "always" -> ALWAYS;
      case "never" -> NEVER;
      default ->
          throw new IllegalArgumentException("must be openai, always or never, not '" + word + "'");
    };
  }

  /// Whether requests to `origin` are given a key.
  boolean reach(Origin origin) {
    return switch (this) {
      case OPENAI -> isOwn(origin.host());
      case ALWAYS -> true;
      case NEVER -> false;
    };
  }

  /// OpenAI has hosts for regions and for client certificates, all under one name.
  private static boolean isOwn(String host) {
    int own = host.length() - OWN_HOST.length();
    return own >= 0
        && host.regionMatches(true, own, OWN_HOST, 0, OWN_HOST.length())
        && (own == 0 || host.charAt(own - 1) == '.');
  }
}
