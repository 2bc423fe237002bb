package dev.forebay.exchange;

import dev.forebay.dialect.CredentialHeader;
import dev.forebay.dialect.Endpoint;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.UpstreamHeaders;
import dev.forebay.secrets.SecretAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes the requests that go to a provider: the client's, with the provider's credential in place
/// of the caller's.
final class UpstreamRequests {

  private UpstreamRequests() {}

  /// The client's headers that travel on, as they stand for every attempt of the exchange.
  static List<String> headers(ClientRequest request, Operation operation) {
    List<String> headers = new ArrayList<>(32);
    @Nullable String connection = request.headers().get("connection");
    request
        .headers()
        .each((name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (UpstreamHeaders.forwardRequest(operation.provider(), lower)
              && (connection == null || !UpstreamHeaders.namedByConnection(connection, lower))) {
            headers.add(name);
            headers.add(value);
          }
        });
    // Usage has to be read from the answer, so it must come uncompressed.
    headers.add("accept-encoding");
    headers.add("identity");
    return headers;
  }

  static UpstreamRequest of(
      ClientRequest request,
      Operation operation,
      List<String> forwarded,
      @Nullable String aliasedModel,
      UpstreamKey key,
      List<Slice> body,
      long bodyBytes) {
    CredentialHeader credential = CredentialHeader.of(operation);
    List<String> headers = new ArrayList<>(forwarded.size() + 2);
    headers.addAll(forwarded);
    headers.add(credential.header());
    headers.add(credential.value(key.secret().reveal(SecretAccess.granted())));
    Endpoint.Found endpoint = request.endpoint();
    if (aliasedModel != null && endpoint.model() != null) {
      endpoint = endpoint.withModel(aliasedModel);
    }
    return new UpstreamRequest(
        key.origin(),
        request.method(),
        key.origin().prefix() + endpoint.upstreamPath(),
        headers,
        body,
        bodyBytes,
        request.directory().limits());
  }
}
