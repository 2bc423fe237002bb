package dev.forebay.transport.client;

import dev.forebay.dialect.Slice;
import dev.forebay.exchange.Headers;
import dev.forebay.exchange.Limits;
import dev.forebay.exchange.Upstream;
import dev.forebay.exchange.UpstreamRequest;
import dev.forebay.pool.Ticker;
import dev.forebay.transport.wire.Buffers;
import dev.forebay.transport.wire.VertxHeaders;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// One attempt under way. Event loop only.
final class VertxCall implements Upstream.Call {

  private final UpstreamRequest request;
  private final Upstream.Answer answer;
  private final CallList calls;
  private final Limits limits;
  private final Ticker ticker;

  @Nullable VertxCall next;
  @Nullable VertxCall previous;

  private @Nullable HttpClientRequest sent;
  private @Nullable HttpClientResponse response;
  private long lastHeardNanos;
  private boolean over;
  private boolean paused;

  VertxCall(UpstreamRequest request, Upstream.Answer answer, CallList calls, Ticker ticker) {
    this.request = request;
    this.answer = answer;
    this.calls = calls;
    this.limits = request.limits();
    this.ticker = ticker;
    this.lastHeardNanos = ticker.nanos();
  }

  void connected(HttpClientRequest connection) {
    if (over) {
      connection.reset();
      return;
    }
    sent = connection;
    lastHeardNanos = ticker.nanos();
    connection.exceptionHandler(this::broke);
    connection.response().onComplete(this::answered, this::broke);
    List<String> headers = request.headers();
    for (int i = 0; i < headers.size(); i += 2) {
      connection.headers().add(headers.get(i), headers.get(i + 1));
    }
    List<Slice> body = request.body();
    if (request.bodyBytes() == 0) {
      if (!"GET".equals(request.method())) {
        connection.putHeader("content-length", "0");
      }
      connection.end();
    } else {
      connection.end(Buffers.of(body));
    }
  }

  void notConnected(Throwable cause) {
    fail(failureOf(cause, Upstream.Failure.CONNECT));
  }

  private void answered(HttpClientResponse head) {
    if (over) {
      return;
    }
    response = head;
    lastHeardNanos = ticker.nanos();
    head.handler(this::chunk);
    head.endHandler(v -> ended());
    head.exceptionHandler(this::broke);
    Headers headers = new VertxHeaders(head.headers());
    answer.head(head.statusCode(), headers);
  }

  private void chunk(Buffer buffer) {
    if (over) {
      return;
    }
    lastHeardNanos = ticker.nanos();
    Buffers.read(buffer, answer);
  }

  private void ended() {
    if (over) {
      return;
    }
    close();
    answer.end();
  }

  private void broke(Throwable cause) {
    fail(failureOf(cause, Upstream.Failure.RESET));
  }

  private void fail(Upstream.Failure failure) {
    if (over) {
      return;
    }
    close();
    answer.failed(failure);
  }

  /// Fails the call when the provider has been silent for too long. A paused call is silent because
  /// its client is slow, which is not the provider's fault.
  void watch(long nowNanos) {
    long silent = nowNanos - lastHeardNanos;
    if (paused) {
      return;
    }
    if (sent == null) {
      // The client's own connect timeout is the first guard; this one also covers waiting for it.
      if (silent > 2 * limits.connectTimeout().toNanos()) {
        fail(Upstream.Failure.CONNECT);
      }
    } else if (response == null) {
      if (silent > limits.firstByteTimeout().toNanos()) {
        expire(Upstream.Failure.FIRST_BYTE_TIMEOUT);
      }
    } else if (silent > limits.idleTimeout().toNanos()) {
      expire(Upstream.Failure.IDLE_TIMEOUT);
    }
  }

  private void expire(Upstream.Failure failure) {
    HttpClientRequest connection = sent;
    close();
    if (connection != null) {
      connection.reset();
    }
    answer.failed(failure);
  }

  @Override
  public void pause() {
    if (!over && !paused && response != null) {
      paused = true;
      response.pause();
    }
  }

  @Override
  public void resume() {
    if (!over && paused && response != null) {
      paused = false;
      lastHeardNanos = ticker.nanos();
      response.resume();
    }
  }

  @Override
  public void cancel() {
    if (over) {
      return;
    }
    close();
    if (sent != null) {
      sent.reset();
    }
  }

  private void close() {
    over = true;
    calls.remove(this);
  }

  private static Upstream.Failure failureOf(Throwable cause, Upstream.Failure otherwise) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      switch (each) {
        case SSLException ignored -> {
          return Upstream.Failure.TLS;
        }
        case ConnectException ignored -> {
          return Upstream.Failure.CONNECT;
        }
        case UnknownHostException ignored -> {
          return Upstream.Failure.CONNECT;
        }
        case TimeoutException ignored -> {
          return otherwise;
        }
        case DecoderException ignored -> {
          return Upstream.Failure.PROTOCOL;
        }
        default -> {}
      }
    }
    return otherwise;
  }
}
