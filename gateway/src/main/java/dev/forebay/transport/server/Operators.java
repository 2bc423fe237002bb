package dev.forebay.transport.server;

import dev.forebay.exchange.Headers;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.BooleanSupplier;

/// What operators ask of one event loop: whether it lives, whether it is ready, its metrics. Event
/// loop only.
final class Operators {

  private final ServerSpec spec;
  private final Authenticator authenticator;
  private final BooleanSupplier draining;

  Operators(ServerSpec spec, Authenticator authenticator, BooleanSupplier draining) {
    this.spec = spec;
    this.authenticator = authenticator;
    this.draining = draining;
  }

  /// Answers, unless the path is none of theirs; then it returns false.
  boolean serve(HttpServerRequest request, String path, Headers headers) {
    switch (path) {
      case "/healthz" -> plain(request, 200, "ok\n");
      case "/readyz" -> {
        String missing = draining.getAsBoolean() ? "shutting down" : spec.readiness().get();
        plain(request, missing == null ? 200 : 503, missing == null ? "ready\n" : missing + "\n");
      }
      case "/metrics" -> {
        if (spec.metrics() == null) {
          return false;
        }
        if (!request.remoteAddress().isInetSocket() || !mayWatch(request, headers)) {
          plain(request, 401, "send a client key as `Authorization: Bearer …`\n");
        } else {
          request
              .response()
              .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
              .end(spec.metrics().get());
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /// Metrics name keys: from this machine they are free, from elsewhere they take a client key.
  private boolean mayWatch(HttpServerRequest request, Headers headers) {
    String host = request.remoteAddress().hostAddress();
    if (host != null
        && (host.startsWith("127.") || "::1".equals(host) || "0:0:0:0:0:0:0:1".equals(host))) {
      return true;
    }
    return authenticator.authenticate(headers, request.query(), spec.directory().get())
        instanceof Authenticator.Known;
  }

  private static void plain(HttpServerRequest request, int status, String text) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "text/plain; charset=utf-8")
        .end(text);
  }
}
