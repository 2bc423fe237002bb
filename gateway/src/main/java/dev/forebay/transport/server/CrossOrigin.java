package dev.forebay.transport.server;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/// Lets pages of other origins call the data plane, as they may call the providers themselves.
///
/// Nothing is given away by it: a caller is known by the key it shows, never by a cookie, so that a
/// page can do here what whoever gave it a key could do without it. Pure.
final class CrossOrigin {

  /// What pages may read beside the body.
  private static final String EXPOSED =
      "x-request-id, request-id, retry-after, retry-after-ms, x-should-retry,"
          + " x-forebay-request-id, x-forebay-provider, x-forebay-model, x-forebay-key,"
          + " x-forebay-attempts, x-forebay-losses, x-forebay-waited, x-goog-upload-url,"
          + " x-goog-upload-status";

  private static final String METHODS = "GET, POST, PUT, PATCH, DELETE";

  /// How long a browser need not ask again.
  private static final String MAX_AGE_SECONDS = "86400";

  private CrossOrigin() {}

  /// Marks the answer as one for every origin; answers a preflight, which shows no key, at once.
  ///
  /// @return whether the request is answered
  static boolean answers(HttpServerRequest request) {
    if (request.getHeader("origin") == null) {
      return false;
    }
    HttpServerResponse response = request.response();
    response.putHeader("access-control-allow-origin", "*");
    String method = request.getHeader("access-control-request-method");
    if (method == null || !request.method().name().equals("OPTIONS")) {
      response.putHeader("access-control-expose-headers", EXPOSED);
      return false;
    }
    String wanted = request.getHeader("access-control-request-headers");
    if (wanted != null) {
      response.putHeader("access-control-allow-headers", wanted);
    }
    response.putHeader("access-control-allow-methods", METHODS);
    response.putHeader("access-control-max-age", MAX_AGE_SECONDS);
    response.setStatusCode(204).end();
    return true;
  }
}
