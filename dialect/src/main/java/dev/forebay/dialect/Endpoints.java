package dev.forebay.dialect;

import org.jspecify.annotations.Nullable;

/// The request lines the gateway serves.
public final class Endpoints {

  private Endpoints() {}

  /// What a request line means; `path` and `query` are as they came, still percent-encoded.
  public static Endpoint match(
      String method, String path, @Nullable String query, HeaderLookup headers) {
    throw new UnsupportedOperationException();
  }

  static Endpoint.Found withModel(Endpoint.Found found, String model) {
    throw new UnsupportedOperationException();
  }
}
