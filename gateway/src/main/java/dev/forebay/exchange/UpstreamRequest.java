package dev.forebay.exchange;

import dev.forebay.dialect.Slice;
import java.util.List;

/// One attempt as it goes to the provider. Immutable.
///
/// @param path path and query as the provider is asked
/// @param headers name and value in turn, the provider's credential among them; without
///   `content-length` and `host`
/// @param bodyBytes sum of the body's slices
public record UpstreamRequest(
    Origin origin,
    String method,
    String path,
    List<String> headers,
    List<Slice> body,
    long bodyBytes,
    Limits limits) {

  /// Never prints headers: they carry the credential.
  @Override
  public String toString() {
    return method + " " + origin.authority() + path + " (" + bodyBytes + " bytes)";
  }
}
