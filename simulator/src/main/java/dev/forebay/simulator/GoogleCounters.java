package dev.forebay.simulator;

import java.util.concurrent.atomic.LongAdder;

/// Counts what happens to one Google account. Thread-safe.
final class GoogleCounters {

  final LongAdder consents = new LongAdder();
  final LongAdder refusals = new LongAdder();
  final LongAdder exchanges = new LongAdder();
  final LongAdder refreshes = new LongAdder();
  final LongAdder refusedRefreshes = new LongAdder();
  final LongAdder revocations = new LongAdder();

  GoogleUsage view(String email, int standingGrants) {
    return new GoogleUsage(
        email,
        consents.sum(),
        refusals.sum(),
        exchanges.sum(),
        refreshes.sum(),
        refusedRefreshes.sum(),
        revocations.sum(),
        standingGrants);
  }
}
