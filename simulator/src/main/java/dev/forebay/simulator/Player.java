package dev.forebay.simulator;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerConnection;

/// Writes one [Playback] at its times, and notices when the client leaves. Event loop only.
final class Player {

  /// Events that are due together travel in one write up to this size.
  private static final int COALESCED_BYTES = 16 * 1024;

  private final Vertx vertx;
  private final Call call;
  private final Playback playback;
  private final HttpServerResponse response;
  private int next;
  private long billed;
  private boolean over;
  private long written;

  Player(Vertx vertx, Call call, Playback playback) {
    this.vertx = vertx;
    this.call = call;
    this.playback = playback;
    this.response = call.request().response();
  }

  /// Starts; status and headers are set already.
  void play() {
    if (playback.gzip()) {
      response.putHeader("content-encoding", "gzip");
    }
    if (playback.length() >= 0) {
      response.putHeader("content-length", Long.toString(playback.length()));
    } else {
      response.setChunked(true);
    }
    response.closeHandler(_ -> left());
    response.exceptionHandler(_ -> left());
    if (playback.headFirst()) {
      response.writeHead();
    }
    pump();
  }

  private void pump() {
    if (over) {
      return;
    }
    int count = playback.pieces().size();
    long elapsed = System.nanoTime() - call.receivedNanos();
    while (next < count && playback.dueNanos()[next] <= elapsed) {
      if (response.writeQueueFull()) {
        response.drainHandler(_ -> pump());
        return;
      }
      Buffer bytes = nextBytes(elapsed);
      bill(playback.tokens()[next - 1]);
      written += bytes.length();
      if (next == count) {
        end(bytes);
        return;
      }
      response.write(bytes);
    }
    if (next == count) {
      end(Buffer.buffer());
      return;
    }
    long waitNanos = playback.dueNanos()[next] - elapsed;
    vertx.setTimer(Math.max(1, (waitNanos + 999_999) / 1_000_000), _ -> pump());
  }

  /// What is due by now: one piece, or several small ones joined.
  private Buffer nextBytes(long elapsed) {
    Buffer first = playback.pieces().get(next++);
    if (playback.separate() || !more(elapsed, first.length())) {
      return first;
    }
    Buffer joined = Buffer.buffer(COALESCED_BYTES).appendBuffer(first);
    while (more(elapsed, joined.length())) {
      joined.appendBuffer(playback.pieces().get(next++));
    }
    return joined;
  }

  private boolean more(long elapsed, int length) {
    return next < playback.pieces().size()
        && playback.dueNanos()[next] <= elapsed
        && length + playback.pieces().get(next).length() <= COALESCED_BYTES;
  }

  private void end(Buffer last) {
    over = true;
    if (playback.resets()) {
      call.key().counters().broken.increment();
      // The written events must have left before the connection does.
      response.write(last).onComplete(_ -> reset(call.request()));
      return;
    }
    KeyAccount key = call.knownKey();
    if (key != null && response.getStatusCode() < 300) {
      key.counters().served.increment();
    }
    response.end(last);
  }

  private void left() {
    if (over) {
      return;
    }
    over = true;
    KeyAccount key = call.knownKey();
    if (key == null) {
      return;
    }
    if (next == 0 && playback.totalTokens() > 0) {
      // Nothing of an answer that is sent whole was written, yet a part of it was generated.
      long elapsed = System.nanoTime() - call.receivedNanos();
      bill(generated(elapsed));
    }
    record(call, key, billed, written);
  }

  /// Notes a client that left before there was anything to send.
  static void leftBefore(Call call) {
    KeyAccount key = call.knownKey();
    if (key != null) {
      record(call, key, 0, 0);
    }
  }

  private static void record(Call call, KeyAccount key, long tokens, long bytes) {
    key.counters().aborted.increment();
    call.world()
        .ledger()
        .add(
            new AbortedAnswer(
                key.key().secret(), call.path(), call.world().clock().now(), tokens, bytes));
  }

  private long generated(long elapsed) {
    if (playback.pieces().size() > 1) {
      return 0;
    }
    Pace pace = call.pace();
    if (pace.tokensPerSecond() == 0 || elapsed < pace.firstToken().toNanos()) {
      return 0;
    }
    double seconds = (elapsed - pace.firstToken().toNanos()) / 1e9;
    return Math.min(playback.totalTokens(), (long) (seconds * pace.tokensPerSecond()));
  }

  private void bill(long tokens) {
    call.produced(tokens - billed);
    billed = tokens;
  }

  /// Closes the connection the hard way, so that the client sees a reset and not an end.
  static void reset(HttpServerRequest request) {
    if (request.connection() instanceof HttpServerConnection connection) {
      Channel channel = connection.channelHandlerContext().channel();
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      channel.close();
    } else {
      request.response().reset();
    }
  }
}
