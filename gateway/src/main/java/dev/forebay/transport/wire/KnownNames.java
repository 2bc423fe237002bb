package dev.forebay.transport.wire;

import io.netty.util.AsciiString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Names of headers that are read or sent with every message, made once.
///
/// A name that knows its hash is looked up in a fraction of the time. Immutable.
public final class KnownNames {

  /// As clients and providers write them.
  public static final List<String> ALL =
      List.of(
          "authorization",
          "Authorization",
          "x-api-key",
          "x-goog-api-key",
          "api-key",
          "anthropic-version",
          "anthropic-beta",
          "x-claude-code-session-id",
          "session-id",
          "x-session-affinity",
          "content-encoding",
          "date",
          "Date",
          "content-type",
          "Content-Type",
          "content-length",
          "Content-Length",
          "transfer-encoding",
          "Transfer-Encoding",
          "connection",
          "Connection",
          "cache-control",
          "vary",
          "Vary",
          "server",
          "Server",
          "via",
          "alt-svc",
          "Alt-Svc",
          "cf-ray",
          "CF-RAY",
          "cf-cache-status",
          "set-cookie",
          "Set-Cookie",
          "strict-transport-security",
          "x-content-type-options",
          "X-Content-Type-Options",
          "x-frame-options",
          "X-Frame-Options",
          "x-xss-protection",
          "X-XSS-Protection",
          "server-timing",
          "Server-Timing",
          "request-id",
          "x-request-id",
          "openai-version",
          "openai-organization",
          "openai-project",
          "openai-processing-ms",
          "access-control-expose-headers",
          "x-ratelimit-limit-requests",
          "x-ratelimit-limit-tokens",
          "x-ratelimit-remaining-requests",
          "x-ratelimit-remaining-tokens",
          "x-ratelimit-reset-requests",
          "x-ratelimit-reset-tokens",
          "x-ratelimit-limit-project-tokens",
          "x-ratelimit-remaining-project-tokens",
          "x-ratelimit-reset-project-tokens",
          "anthropic-organization-id",
          "anthropic-workspace-id",
          "anthropic-ratelimit-requests-limit",
          "anthropic-ratelimit-requests-remaining",
          "anthropic-ratelimit-requests-reset",
          "anthropic-ratelimit-tokens-limit",
          "anthropic-ratelimit-tokens-remaining",
          "anthropic-ratelimit-tokens-reset",
          "anthropic-ratelimit-input-tokens-limit",
          "anthropic-ratelimit-input-tokens-remaining",
          "anthropic-ratelimit-input-tokens-reset",
          "anthropic-ratelimit-output-tokens-limit",
          "anthropic-ratelimit-output-tokens-remaining",
          "anthropic-ratelimit-output-tokens-reset");

  private static final Map<String, AsciiString> NAMES = new HashMap<>();

  static {
    for (String name : ALL) {
      NAMES.put(name, AsciiString.cached(name));
    }
  }

  private KnownNames() {}

  /// The name, as the one instance that knows its hash if there is one.
  public static CharSequence of(String name) {
    AsciiString known = NAMES.get(name);
    return known == null ? name : known;
  }
}
