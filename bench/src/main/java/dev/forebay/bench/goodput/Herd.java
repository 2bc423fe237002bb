package dev.forebay.bench.goodput;

import static dev.forebay.bench.goodput.Timeline.SECOND;

/// How uneven a single second may get.
///
/// A key's fair share of a second is its organisation's share of the limits that are open in that
/// second, times everything that was sent in it. The herd factor is the most that a key got of its
/// fair share, in any second of the measured time with enough traffic to tell.
///
/// @param factor the most; 0 when no second had enough traffic
/// @param key who got it
/// @param second when, from the beginning
record Herd(double factor, int key, int second) {

  /// With fewer attempts a second, chance alone doubles a share.
  private static final double LEAST_FAIR = 8;

  static Herd of(Workload workload, int[][] attempts) {
    Herd worst = new Herd(0, 0, 0);
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
        if (fair >= LEAST_FAIR && attempts[key][second] / fair > worst.factor) {
          worst = new Herd(attempts[key][second] / fair, key, second);
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
