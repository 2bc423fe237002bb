package dev.forebay.transport.admin;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.function.Consumer;

/// Reads the body of one call, within a limit and a time. Event loop only.
final class BodyReader {

  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final HttpServerRequest request;
  private final int limit;
  private final Consumer<Buffer> whole;
  private final Buffer body = Buffer.buffer();
  private long timer;
  private boolean over;

  private BodyReader(HttpServerRequest request, int limit, Consumer<Buffer> whole) {
    this.request = request;
    this.limit = limit;
    this.whole = whole;
  }

  /// Reads a request that was paused, and hands its body on.
  static void read(HttpServerRequest request, int limit, Consumer<Buffer> whole) {
    new BodyReader(request, limit, whole).read();
  }

  private void read() {
    Vertx vertx = Offload.loop().owner();
    timer =
        vertx.setTimer(
            LONGEST.toMillis(),
            fired -> refuse(408, "timeout", "The body did not arrive in time."));
    request.handler(this::chunk);
    request.endHandler(v -> {
      vertx.cancelTimer(timer);
      if (!over) {
        over = true;
        whole.accept(body);
      }
    });
    request.exceptionHandler(broken -> {
      vertx.cancelTimer(timer);
      over = true;
    });
    request.resume();
  }

  private void chunk(Buffer chunk) {
    if (over) {
      return;
    }
    body.appendBuffer(chunk);
    if (body.length() > limit) {
      refuse(413, "too-large", "The body has more than " + limit + " bytes.");
    }
  }

  private void refuse(int status, String type, String title) {
    if (over) {
      return;
    }
    over = true;
    request.response().putHeader("connection", "close");
    Problem.of(status, type, title).answer(request);
  }
}
