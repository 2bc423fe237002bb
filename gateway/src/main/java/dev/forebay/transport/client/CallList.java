package dev.forebay.transport.client;

import org.jspecify.annotations.Nullable;

/// The calls under way on one event loop, linked through themselves.
///
/// One periodic look at all of them replaces two timers per request. Event loop only.
final class CallList {

  private @Nullable VertxCall first;

  void add(VertxCall call) {
    call.next = first;
    if (first != null) {
      first.previous = call;
    }
    first = call;
  }

  void remove(VertxCall call) {
    if (call.previous != null) {
      call.previous.next = call.next;
    } else if (first == call) {
      first = call.next;
    }
    if (call.next != null) {
      call.next.previous = call.previous;
    }
    call.next = null;
    call.previous = null;
  }

  /// Fails the calls that have been silent for too long.
  void watch(long nowNanos) {
    VertxCall call = first;
    while (call != null) {
      VertxCall following = call.next;
      call.watch(nowNanos);
      call = following;
    }
  }
}
