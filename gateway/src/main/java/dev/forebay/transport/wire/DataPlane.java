package dev.forebay.transport.wire;

import dev.forebay.exchange.Directory;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/// The data plane of one event loop, as the control plane sees it. Event loop only.
@FunctionalInterface
public interface DataPlane {

  /// Serves the request as if it had come to `path` from `client`. The request may be paused; its
  /// body has not been read.
  void serve(
      HttpServerRequest request, String path, @Nullable String query, Directory.Client client);
}
