package dev.forebay.exchange;

/// The gateway's address as a client knows it.
final class OwnAddress {

  private OwnAddress() {}

  /// Scheme, host and port, from the request itself and from what a proxy in front says.
  static String of(Headers headers) {
    String scheme = first(headers, "x-forwarded-proto");
    String host = first(headers, "x-forwarded-host");
    if (host.isEmpty()) {
      host = first(headers, "host");
    }
    return (scheme.equals("https") ? "https://" : "http://") + host;
  }

  private static String first(Headers headers, String name) {
    String value = headers.get(name);
    if (value == null) {
      return "";
    }
    int comma = value.indexOf(',');
    return (comma < 0 ? value : value.substring(0, comma)).strip();
  }
}
