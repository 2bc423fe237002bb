package dev.forebay.transport.admin;

import dev.forebay.transport.wire.Buffers;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// One browser that follows the feed. Thread-safe: the feed's thread decides, the event loop of the
/// connection writes.
///
/// A browser that does not keep up is not written to; it has missed something then and gets the
/// whole picture once there is room again.
final class Subscriber {

  private static final int MOST_UNSENT = 256 << 10;

  private final HttpServerResponse response;
  private final Context loop;
  private final Viewer viewer;
  private final boolean pool;
  private final boolean requests;
  private volatile boolean full;
  private volatile boolean closed;

  // The feed's thread only.
  private boolean missed = true;

  /// Who watches, and what that person may see.
  ///
  /// @param member whether the pool is hidden
  /// @param mayFollow false once the session is over; may block
  /// @param owns whether a client key is the person's own
  record Viewer(boolean member, BooleanSupplier mayFollow, Predicate<String> owns) {}

  Subscriber(
      HttpServerResponse response, Context loop, Viewer viewer, boolean pool, boolean requests) {
    this.response = response;
    this.loop = loop;
    this.viewer = viewer;
    this.pool = pool && !viewer.member();
    this.requests = requests;
    response.setWriteQueueMaxSize(MOST_UNSENT);
  }

  Viewer viewer() {
    return viewer;
  }

  boolean wantsPool() {
    return pool;
  }

  boolean wantsRequests() {
    return requests;
  }

  boolean isClosed() {
    return closed;
  }

  /// The connection is gone.
  void gone() {
    closed = true;
  }

  /// Whether the whole picture is owed, and can be sent.
  boolean isOwedPicture() {
    return pool && missed && !full;
  }

  /// The whole picture. On the feed's thread.
  void picture(LiveEvent event) {
    missed = false;
    write(event);
  }

  /// Something of the pool; lost when there is no room or a picture is owed.
  void change(LiveEvent event) {
    if (!pool || missed) {
      return;
    }
    if (full) {
      missed = true;
    } else {
      write(event);
    }
  }

  /// Something that can be lost without harm.
  void note(LiveEvent event) {
    if (!full) {
      write(event);
    }
  }

  private void write(LiveEvent event) {
    loop.runOnContext(v -> {
      if (!closed) {
        response.write(Buffers.of(event.bytes(), 0, event.bytes().length));
        if (response.writeQueueFull() && !full) {
          full = true;
          response.drainHandler(drained -> full = false);
        }
      }
    });
  }

  /// Ends the feed for this browser.
  void end() {
    closed = true;
    loop.runOnContext(v -> {
      if (!response.ended()) {
        response.end();
      }
    });
  }
}
