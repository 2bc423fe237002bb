package dev.forebay.exchange;

import dev.forebay.dialect.Endpoint;
import dev.forebay.dialect.Slice;
import java.util.List;

/// One authenticated request, read to its end. Immutable.
///
/// @param id the request id that the client sees
/// @param body the body as it arrived, in order; the arrays are shared and never modified
/// @param bodyBytes sum of the body's slices
/// @param arrivedNanos monotonic time at which the head arrived
public record ClientRequest(
    String id,
    Directory directory,
    Directory.Client client,
    Endpoint.Found endpoint,
    String method,
    Headers headers,
    List<Slice> body,
    long bodyBytes,
    long arrivedNanos) {

  /// The same with another path at the provider.
  ClientRequest withEndpoint(Endpoint.Found other) {
    return new ClientRequest(
        id, directory, client, other, method, headers, body, bodyBytes, arrivedNanos);
  }
}
