package dev.forebay.transport.admin;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes what may block to a virtual thread and its result back to the request's event loop.
/// Thread-safe.
final class Offload {

  private static final Logger LOG = LoggerFactory.getLogger(Offload.class);

  private final Executor threads;

  Offload(Executor threads) {
    this.threads = threads;
  }

  /// Runs `work` elsewhere and `after` with its result on the loop of `request`. Work that throws
  /// has met a bug: the client gets a bare 500. Call it on the loop.
  <T> void then(HttpServerRequest request, Supplier<T> work, Consumer<T> after) {
    Context loop = loop();
    threads.execute(() -> {
      try {
        T result = work.get();
        loop.runOnContext(v -> {
          if (!request.response().closed()) {
            after.accept(result);
          }
        });
      } catch (RuntimeException | Error e) {
        // An error too: without an answer the client would wait for good.
        LOG.error("{} {} failed", request.method(), request.path(), e);
        loop.runOnContext(v -> failed(request));
      }
    });
  }

  /// The loop that this runs on.
  static Context loop() {
    return Objects.requireNonNull(Vertx.currentContext(), "this is no event loop");
  }

  private static void failed(HttpServerRequest request) {
    if (!request.response().ended() && !request.response().headWritten()) {
      Problem.INTERNAL.answer(request);
    }
  }
}
