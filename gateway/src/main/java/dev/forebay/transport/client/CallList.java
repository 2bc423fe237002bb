package dev.forebay.transport.client;

import org.jspecify.annotations.Nullable;

/// The calls under way on one event loop, linked through themselves.
///
/// One periodic look at all of them replaces two timers per request. Event loop only.
final class CallList {

  private @Nullable HttpCall first;

  void add(HttpCall call) {
    call.next = first;
    if (first != null) {
      first.previous = call;
    }
    first = call;
  }

  void remove(HttpCall call) {
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
    HttpCall call = first;
    while (call != null) {
      HttpCall following = call.next;
      call.watch(nowNanos);
      call = following;
    }
  }
}
