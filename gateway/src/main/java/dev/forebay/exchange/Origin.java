package dev.forebay.exchange;

import dev.forebay.dialect.Provider;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/// Where one key's requests go: scheme, host, port and an optional path prefix. *Immutable.*
///
/// The API path of a request (`/v1/messages`, `/v1beta/models/…`) is appended to [#prefix()].
///
/// @param tls whether the connection is encrypted
/// @param host name or address; an IPv6 address without its brackets
/// @param port always filled in, 443 or 80 when the URL gave none
/// @param prefix empty, or a path that begins with `/` and does not end with one
public record Origin(boolean tls, String host, int port, String prefix) {

  /// The public address of a provider's API.
  public static Origin of(Provider provider) {
    return switch (provider) {
      case ANTHROPIC -> new Origin(true, "api.anthropic.com", 443, "");
      case OPENAI -> new Origin(true, "api.openai.com", 443, "");
      case GEMINI -> new Origin(true, "generativelanguage.googleapis.com", 443, "");
    };
  }

  /// Reads `https://host[:port][/prefix]`.
  ///
  /// @throws IllegalArgumentException with a message for people
  public static Origin parse(String text) {
    URI uri;
    try {
      uri = new URI(text.trim());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a URL: "
              + e.getReason()
              + "; write https://host or https://host/prefix",
          e);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw new IllegalArgumentException("'" + text + "' must begin with https:// or http://");
    }
    if (uri.getHost() == null || uri.getHost().isEmpty()) {
      throw new IllegalArgumentException("'" + text + "' names no host; write https://host");
    }
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "a base URL must not carry a user or password; the credential belongs in 'secret'");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "'" + text + "' has a query or fragment; a base URL is an origin with an optional path");
    }
    boolean tls = scheme.equals("https");
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    if (port == 0 || port > 65535) {
      throw new IllegalArgumentException(
          "'" + text + "' has port " + port + "; it must be 1 to 65535");
    }
    String prefix = withoutTrailingSlashes(uri.getRawPath() == null ? "" : uri.getRawPath());
    // Clients' base URLs end with the version; ours do not, because the request's path begins with
    // it.
    String last = prefix.substring(prefix.lastIndexOf('/') + 1);
    if (last.equals("v1") || last.equals("v1beta") || last.equals("v1alpha")) {
      prefix = withoutTrailingSlashes(prefix.substring(0, prefix.length() - last.length()));
    }
    return new Origin(tls, bare(uri.getHost()).toLowerCase(Locale.ROOT), port, prefix);
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static String withoutTrailingSlashes(String path) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  /// The value of the `host` header: the port only where it is not the scheme's own.
  public String authority() {
    String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port == (tls ? 443 : 80) ? name : name + ":" + port;
  }

  @Override
  public String toString() {
    return (tls ? "https://" : "http://") + authority() + prefix;
  }
}
