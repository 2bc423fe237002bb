package dev.forebay.app;

import dev.forebay.control.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.function.Supplier;

/// `/metrics` on an address of its own, for networks in which only that one is open to Prometheus.
final class MetricsServer {
  private MetricsServer() {}

  /// Listens until its Vert.x closes.
  static Future<HttpServer> start(Vertx vertx, HostPort address, Supplier<String> scrape) {
    return vertx
        .createHttpServer()
        .requestHandler(request -> {
          if (!"/metrics".equals(request.path())) {
            request.response().setStatusCode(404).end("only /metrics is here\n");
            return;
          }
          vertx
              .executeBlocking(scrape::get, false)
              .onSuccess(text ->
                  request
                      .response()
                      .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
                      .end(text))
              .onFailure(failure -> request.response().setStatusCode(500).end());
        })
        .listen(address.port(), address.host());
  }
}
