package dev.forebay.bench.goodput;

import static dev.forebay.bench.goodput.Timeline.SECOND;

/// How uneven a single second may get.
///
/// A key's fair share of a second is its organisation's share of the limits that are open in that
/// second, times everything that was sent in it, but not more than its limit grants in a second on
/// average, where that can be known: it is told, or a refusal has spoken of it. A window of the
/// wall clock that is used up is not open any more. After an outage or a refusal an organisation is
/// open once it has been asked a few times: before its first trials are answered nobody can know.
/// The herd factor is the most that a key got of its fair share, in any second of the measured time
/// with enough traffic to tell.
///
/// @param factor the most; 0 when no second had enough traffic
/// @param key who got it
/// @param second when, from the beginning
record Herd(double factor, int key, int second) {

  /// With fewer attempts a second, chance alone doubles a share.
  private static final double LEAST_FAIR = 8;

  static Herd of(BySecond trial) {
    Herd worst = new Herd(0, 0, 0);
    Workload workload = trial.workload();
    int to = (int) (workload.end() / SECOND);
    for (int second = (int) (workload.warmUp() / SECOND); second < to; second++) {
      double open = trial.open(second);
      int all = trial.all(second);
      for (int key = 0; key < workload.keys(); key++) {
        double fair = trial.fairShare(key, second, open, all);
        double factor = trial.attempts()[key][second] / fair;
        if (fair >= LEAST_FAIR && factor > worst.factor) {
          worst = new Herd(factor, key, second);
        }
      }
    }
    return worst;
  }
}
