package dev.forebay.control;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/// Where browsers reach the console, as somebody wrote it down.
///
/// It is never taken from a request: whoever sends one can write anything into its `host` header,
/// and Google would be told to send people's codes there.
public final class ConsoleUrl {

  private static final int LONGEST = 300;
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private ConsoleUrl() {}

  /// Reads `https://host[:port][/prefix]`, or `http://` on this machine, and answers it without a
  /// slash at its end.
  ///
  /// @throws IllegalArgumentException with a message for people
  public static String parse(String text) {
    String url = text.strip();
    if (url.length() > LONGEST) {
      throw new IllegalArgumentException("it must have at most " + LONGEST + " characters");
    }
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "'" + url + "' is not a URL; write https://forebay.example.com", e);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost();
    if (host == null || host.isEmpty() || !scheme.equals("https") && !scheme.equals("http")) {
      throw new IllegalArgumentException("'" + url + "' must be like https://forebay.example.com");
    }
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "'" + url + "' must have neither a user nor a query nor a fragment");
    }
    if (scheme.equals("http") && !isLoopback(host)) {
      throw new IllegalArgumentException(
          "'" + url + "' must begin with https://: Google takes http:// only on this machine");
    }
    int end = url.length();
    while (url.charAt(end - 1) == '/') {
      end--;
    }
    return url.substring(0, end);
  }

  /// Whether a host is this machine whoever asks.
  public static boolean isLoopback(String host) {
    return LOOPBACK.contains(host.toLowerCase(Locale.ROOT)) || host.equals("::1");
  }
}
