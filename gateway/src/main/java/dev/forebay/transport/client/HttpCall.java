package dev.forebay.transport.client;

import dev.forebay.exchange.Headers;
import dev.forebay.exchange.Limits;
import dev.forebay.exchange.Upstream;
import dev.forebay.exchange.UpstreamRequest;
import dev.forebay.pool.Ticker;
import io.netty.handler.codec.DecoderException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// One attempt under way. Event loop only.
final class HttpCall implements Upstream.Call {

  private final UpstreamRequest request;
  private final Upstream.Answer answer;
  private final CallList calls;
  private final Limits limits;
  private final Ticker ticker;

  @Nullable HttpCall next;
  @Nullable HttpCall previous;

  private @Nullable Connection connection;
  private boolean answered;
  private long lastHeardNanos;
  private boolean over;
  private boolean paused;

  HttpCall(UpstreamRequest request, Upstream.Answer answer, CallList calls, Ticker ticker) {
    this.request = request;
    this.answer = answer;
    this.calls = calls;
    this.limits = request.limits();
    this.ticker = ticker;
    this.lastHeardNanos = ticker.nanos();
  }

  void connected(Connection open, RequestText text) {
    if (over) {
      open.rest();
      return;
    }
    connection = open;
    lastHeardNanos = ticker.nanos();
    open.send(this, request, text);
  }

  void notConnected(Throwable cause) {
    fail(failureOf(cause, Upstream.Failure.CONNECT));
  }

  void head(int status, Headers headers) {
    answered = true;
    lastHeardNanos = ticker.nanos();
    answer.head(status, headers);
  }

  void chunk(byte[] piece) {
    lastHeardNanos = ticker.nanos();
    answer.chunk(piece, 0, piece.length);
  }

  void ended() {
    close();
    answer.end();
  }

  /// The connection has broken, or never came about.
  void fail(Upstream.Failure failure) {
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
    if (connection == null) {
      // The client's own connect timeout is the first guard; this one also covers waiting for it.
      if (silent > 2 * limits.connectTimeout().toNanos()) {
        fail(Upstream.Failure.CONNECT);
      }
    } else if (!answered) {
      if (silent > limits.firstByteTimeout().toNanos()) {
        expire(Upstream.Failure.FIRST_BYTE_TIMEOUT);
      }
    } else if (silent > limits.idleTimeout().toNanos()) {
      expire(Upstream.Failure.IDLE_TIMEOUT);
    }
  }

  private void expire(Upstream.Failure failure) {
    cancel();
    answer.failed(failure);
  }

  @Override
  public void pause() {
    if (!over && !paused && connection != null) {
      paused = true;
      connection.reading(false);
    }
  }

  @Override
  public void resume() {
    if (!over && paused && connection != null) {
      paused = false;
      lastHeardNanos = ticker.nanos();
      connection.reading(true);
    }
  }

  @Override
  public void cancel() {
    if (over) {
      return;
    }
    close();
    if (connection != null) {
      connection.close();
    }
  }

  private void close() {
    over = true;
    calls.remove(this);
  }

  static Upstream.Failure failureOf(Throwable cause, Upstream.Failure otherwise) {
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
