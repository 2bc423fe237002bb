package dev.forebay.transport.server;

import dev.forebay.dialect.Slice;
import dev.forebay.exchange.Caller;
import dev.forebay.exchange.Exchange;
import dev.forebay.transport.wire.Buffers;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes an exchange's answer to its client.
///
/// Pieces are collected and written once per turn of the event loop: a burst of stream events then
/// costs one system call and not one each. Event loop only.
final class VertxCaller implements Caller {

  private static final int MOST_UNSENT = 256 << 10;

  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Context context;
  private final Runnable whenOver;
  private final List<Slice> unsent = new ArrayList<>(4);
  private long unsentBytes;
  private boolean scheduled;
  private boolean ending;
  private boolean over;
  private @Nullable Exchange exchange;

  VertxCaller(HttpServerRequest request, Context context, Runnable whenOver) {
    this.whenOver = whenOver;
    this.request = request;
    this.response = request.response();
    this.context = context;
    response.exceptionHandler(e -> left());
    response.closeHandler(v -> left());
  }

  /// Ties the caller to its exchange, so that the client's departure reaches it.
  void serves(Exchange served) {
    this.exchange = served;
  }

  private void left() {
    if (!over) {
      over = true;
      unsent.clear();
      if (exchange != null) {
        exchange.clientLeft();
      }
    }
  }

  private void head(int status, List<String> headers) {
    response.setStatusCode(status);
    for (int i = 0; i < headers.size(); i += 2) {
      response.headers().add(headers.get(i), headers.get(i + 1));
    }
  }

  @Override
  public void start(int status, List<String> headers) {
    if (!over) {
      head(status, headers);
      response.setChunked(!response.headers().contains("content-length"));
    }
  }

  @Override
  public void answer(int status, List<String> headers, List<Slice> body, long bodyBytes) {
    if (over) {
      return;
    }
    over = true;
    head(status, headers);
    if (body.isEmpty()) {
      response.end();
    } else {
      response.end(Buffers.of(body));
    }
  }

  @Override
  public void write(byte[] array, int offset, int length) {
    if (over || length == 0) {
      return;
    }
    unsent.add(new Slice(array, offset, length));
    unsentBytes += length;
    schedule();
  }

  private void schedule() {
    if (!scheduled) {
      scheduled = true;
      context.runOnContext(v -> flush());
    }
  }

  private void flush() {
    scheduled = false;
    if (over) {
      return;
    }
    if (ending) {
      over = true;
      if (unsent.isEmpty()) {
        response.end();
      } else {
        response.end(Buffers.of(unsent));
      }
    } else if (!unsent.isEmpty()) {
      response.write(Buffers.of(unsent));
    }
    unsent.clear();
    unsentBytes = 0;
  }

  @Override
  public boolean congested() {
    return unsentBytes > MOST_UNSENT || response.writeQueueFull();
  }

  @Override
  public void whenWritable(Runnable action) {
    if (over) {
      return;
    }
    if (response.writeQueueFull()) {
      response.drainHandler(v -> action.run());
    } else {
      // Only this turn's collection is large: it is handed over when the turn ends.
      context.runOnContext(v -> {
        if (!over && response.writeQueueFull()) {
          response.drainHandler(drained -> action.run());
        } else {
          action.run();
        }
      });
    }
  }

  @Override
  public void end() {
    if (!over) {
      ending = true;
      schedule();
    }
  }

  @Override
  public void abort() {
    if (!over) {
      over = true;
      unsent.clear();
      request.connection().close();
    }
  }

  @Override
  public void over() {
    whenOver.run();
  }
}
