package dev.forebay.dialect;

import org.jspecify.annotations.Nullable;

/// Which headers travel between caller and provider. Pure and *thread-safe*; names in lower case.
///
/// Both ways only what is known to matter passes; what nobody knows stays here. So no credential of
/// the caller reaches a provider under whatever name, and nothing of the operator's accounts
/// reaches a caller. What belongs to one connection (`connection`, `transfer-encoding`,
/// `content-length`, `host` …), to a browser (`origin`, `cookie`, `sec-…`) or to the way here
/// (`forwarded`, `x-forwarded-…`, trace context) is left out for the same reason; so is
/// `accept-encoding`, because the answer is read on its way.
public final class UpstreamHeaders {

  private UpstreamHeaders() {}

  /// Whether a caller's header goes on to the provider.
  ///
  /// A header that names an account of the caller's own (`openai-organization`,
  /// `anthropic-workspace-id`, `x-goog-user-project` …) means nothing to the operator's accounts.
  public static boolean forwardRequest(Provider provider, String lowerName) {
    return switch (lowerName) {
      case "accept",
          "content-type",
          "content-encoding",
          "user-agent",
          "idempotency-key",
          "x-client-request-id" ->
          true;
      default -> lowerName.startsWith("x-stainless-") || knownTo(provider, lowerName);
    };
  }

  private static boolean knownTo(Provider provider, String lowerName) {
    return switch (provider) {
      case ANTHROPIC ->
          switch (lowerName) {
            case "anthropic-workspace-id",
                "anthropic-organization-id",
                // Speaks of the browser's origin, which does not travel.
                "anthropic-dangerous-direct-browser-access" ->
                false;
            case "x-app" -> true;
            default ->
                lowerName.startsWith("anthropic-") && !soundsSecret(lowerName)
                    || lowerName.startsWith("x-claude-code-");
          };
      case OPENAI ->
          switch (lowerName) {
            case "openai-organization", "openai-project" -> false;
            case "originator", "session-id", "session_id", "thread-id", "version" -> true;
            default ->
                (lowerName.startsWith("openai-") || lowerName.startsWith("x-codex-"))
                    && !soundsSecret(lowerName);
          };
      case GEMINI ->
          switch (lowerName) {
            case "x-goog-api-client",
                "x-goog-fieldmask",
                "x-goog-request-params",
                "x-server-timeout" ->
                true;
            default ->
                lowerName.startsWith("x-goog-upload-")
                    || lowerName.startsWith("x-gemini-") && !soundsSecret(lowerName);
          };
    };
  }

  private static boolean soundsSecret(String lowerName) {
    return lowerName.contains("key")
        || lowerName.contains("token")
        || lowerName.contains("secret")
        || lowerName.contains("auth");
  }

  /// Whether a provider's header goes back to the caller.
  ///
  /// Rate-limit headers do not: they describe one key of many, and a caller that paced itself by
  /// them would wait for nothing. Neither do the names of the operator's organisation, workspace
  /// and project.
  public static boolean forwardResponse(Provider provider, String lowerName) {
    return switch (lowerName) {
      case "content-type",
          "content-encoding",
          "content-language",
          "content-disposition",
          "cache-control",
          "vary",
          "deprecation",
          "sunset",
          "warning",
          "retry-after",
          "retry-after-ms",
          "x-should-retry",
          "request-id",
          "x-request-id",
          "x-client-request-id",
          "server-timing" ->
          true;
      default ->
          switch (provider) {
            case ANTHROPIC ->
                switch (lowerName) {
                  case "anthropic-organization-id", "anthropic-workspace-id" -> false;
                  default ->
                      lowerName.startsWith("anthropic-")
                          && !lowerName.startsWith("anthropic-ratelimit-")
                          && !lowerName.startsWith("anthropic-priority-")
                          && !soundsSecret(lowerName);
                };
            case OPENAI ->
                switch (lowerName) {
                  case "openai-organization", "openai-project" -> false;
                  default -> lowerName.startsWith("openai-") && !soundsSecret(lowerName);
                };
            case GEMINI ->
                lowerName.startsWith("x-goog-upload-")
                    || lowerName.startsWith("x-gemini-") && !soundsSecret(lowerName);
          };
    };
  }

  /// Whether a `connection` header makes that header one for this hop only.
  public static boolean namedByConnection(@Nullable String connection, String lowerName) {
    if (connection == null) {
      return false;
    }
    int length = connection.length();
    int at = 0;
    while (at < length) {
      int comma = connection.indexOf(',', at);
      int end = comma < 0 ? length : comma;
      int next = end + 1;
      while (at < end && isBlank(connection.charAt(at))) {
        at++;
      }
      while (end > at && isBlank(connection.charAt(end - 1))) {
        end--;
      }
      if (end - at == lowerName.length()
          && connection.regionMatches(true, at, lowerName, 0, lowerName.length())) {
        return true;
      }
      at = next;
    }
    return false;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
