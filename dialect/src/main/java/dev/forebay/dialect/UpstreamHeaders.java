package dev.forebay.dialect;

import org.jspecify.annotations.Nullable;

/// Which headers travel between caller and provider. Pure and *thread-safe*; names in lower case.
public final class UpstreamHeaders {

  private UpstreamHeaders() {}

  /// Whether a caller's header goes on to the provider.
  public static boolean forwardRequest(Provider provider, String lowerName) {
    throw new UnsupportedOperationException();
  }

  /// Whether a provider's header goes back to the caller.
  public static boolean forwardResponse(Provider provider, String lowerName) {
    throw new UnsupportedOperationException();
  }

  /// Whether a `connection` header makes that header one for this hop only.
  public static boolean namedByConnection(@Nullable String connection, String lowerName) {
    throw new UnsupportedOperationException();
  }
}
