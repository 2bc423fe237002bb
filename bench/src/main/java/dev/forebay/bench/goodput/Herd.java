package dev.forebay.bench.goodput;

import static dev.forebay.bench.goodput.Timeline.SECOND;

/// How uneven a single second may get.
///
/// A key's fair share of a second is its organisation's share of the limits that are open in that
/// second, times everything that was sent in it. The herd factor is the most that a key got of its
/// fair share, in any second of the measured time with enough traffic to tell.
final class Herd {

  /// With fewer attempts a second, chance alone doubles a share.
  private static final double LEAST_FAIR = 8;

  private Herd() {}

  /// The factor, or 0 when no second had enough traffic.
  static double of(Workload workload, int[][] attempts) {
    double worst = 0;
    int to = (int) (workload.end() / SECOND);
    for (int second = (int) (workload.warmUp() / SECOND); second < to; second++) {
      double open = open(workload, second);
      double all = 0;
      for (int[] ofKey : attempts) {
        all += ofKey[second];
      }
      for (int key = 0; key < attempts.length; key++) {
        int organisation = workload.organisationOf(key);
        double fair =
            all
                * workload.quotas().get(organisation).of(workload.binding())
                / open
                / workload.keysOf().get(organisation);
        if (fair >= LEAST_FAIR) {
          worst = Math.max(worst, attempts[key][second] / fair);
        }
      }
    }
    return worst;
  }

  private static double open(Workload workload, int second) {
    double sum = 0;
    for (int i = 0; i < workload.quotas().size(); i++) {
      int organisation = i;
      boolean down =
          workload.outages().stream()
              .anyMatch(outage ->
                  outage.strikes(organisation, second * SECOND)
                      && outage.strikes(organisation, (second + 1) * SECOND - 1));
      if (!down) {
        sum += workload.quotas().get(i).of(workload.binding());
      }
    }
    return sum == 0 ? 1 : sum;
  }
}
