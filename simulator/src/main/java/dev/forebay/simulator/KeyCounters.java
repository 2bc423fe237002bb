package dev.forebay.simulator;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts what one key does. Thread-safe.
final class KeyCounters {

  final LongAdder requests = new LongAdder();
  final LongAdder served = new LongAdder();
  final LongAdder inputTokens = new LongAdder();
  final LongAdder outputTokens = new LongAdder();
  final LongAdder cacheReadTokens = new LongAdder();
  final LongAdder aborted = new LongAdder();
  final LongAdder broken = new LongAdder();
  private final Map<Integer, LongAdder> refusals = new ConcurrentHashMap<>();

  void refused(int status) {
    refusals.computeIfAbsent(status, _ -> new LongAdder()).increment();
  }

  KeyUsage view(KeyAccount key) {
    Map<Integer, Long> byStatus = new TreeMap<>();
    refusals.forEach((status, count) -> byStatus.put(status, count.sum()));
    return new KeyUsage(
        key.key().secret(),
        key.account().provider().id(),
        key.account().organization().id(),
        requests.sum(),
        served.sum(),
        inputTokens.sum(),
        outputTokens.sum(),
        cacheReadTokens.sum(),
        byStatus,
        aborted.sum(),
        broken.sum());
  }
}
