package dev.forebay.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The latest requests and aborted answers. Thread-safe.
final class Ledger {

  /// Bodies are kept up to this many bytes in all.
  private static final long MAX_BODY_BYTES = 128L << 20;

  private final int capacity;
  private final Deque<ReceivedRequest> requests = new ArrayDeque<>();
  private final Deque<AbortedAnswer> aborted = new ArrayDeque<>();
  private long bodyBytes;

  Ledger(int capacity) {
    this.capacity = capacity;
  }

  boolean records() {
    return capacity > 0;
  }

  synchronized void add(ReceivedRequest request) {
    requests.add(request);
    bodyBytes += request.body().length;
    while (requests.size() > capacity || (bodyBytes > MAX_BODY_BYTES && requests.size() > 1)) {
      bodyBytes -= requests.remove().body().length;
    }
  }

  synchronized void add(AbortedAnswer answer) {
    aborted.add(answer);
    if (aborted.size() > Math.max(capacity, 1000)) {
      aborted.remove();
    }
  }

  synchronized List<ReceivedRequest> requests() {
    return new ArrayList<>(requests);
  }

  synchronized List<AbortedAnswer> aborted() {
    return new ArrayList<>(aborted);
  }

  synchronized void clear() {
    requests.clear();
    aborted.clear();
    bodyBytes = 0;
  }
}
