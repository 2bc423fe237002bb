package dev.forebay.bench.goodput;

import static dev.forebay.bench.goodput.Timeline.SECOND;

/// How uneven a single second may get.
///
/// A key's fair share of a second is its organisation's share of the limits that are open in that
/// second, times everything that was sent in it, but not more than its limit grants in a second on
/// average, where that can be known. A window of the wall clock that is used up is not open any
/// more. After an outage an organisation is open once it has been asked a few times: before its
/// first trials are answered nobody can know. The herd factor is the most that a key got of its
/// fair share, in any second of the measured time with enough traffic to tell.
///
/// @param factor the most; 0 when no second had enough traffic
/// @param key who got it
/// @param second when, from the beginning
record Herd(double factor, int key, int second) {

  /// Attempts after an outage that are trials.
  private static final int TRIALS = 3;

  /// Limits are those of a minute.
  private static final int SECONDS = 60;

  /// With fewer attempts a second, chance alone doubles a share.
  private static final double LEAST_FAIR = 8;

  /// @param known whether the limits can be known: they are told, or what is offered reaches them
  static Herd of(Workload workload, int[][] attempts, boolean known) {
    Herd worst = new Herd(0, 0, 0);
    int to = (int) (workload.end() / SECOND);
    for (int second = (int) (workload.warmUp() / SECOND); second < to; second++) {
      double open = open(workload, attempts, second);
      double all = 0;
      for (int[] ofKey : attempts) {
        all += ofKey[second];
      }
      for (int key = 0; key < attempts.length; key++) {
        int organisation = workload.organisationOf(key);
        double fair =
            (known ? Math.min(all, open / SECONDS) : all)
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

  private static double open(Workload workload, int[][] attempts, int second) {
    double sum = 0;
    for (int i = 0; i < workload.quotas().size(); i++) {
      if (isOpen(workload, attempts, i, second)) {
        sum += workload.quotas().get(i).of(workload.binding());
      }
    }
    return sum == 0 ? 1 : sum;
  }

  private static boolean isOpen(Workload workload, int[][] attempts, int organisation, int second) {
    for (Outage outage : workload.outages()) {
      int end = (int) (outage.to() / SECOND);
      if (outage.strikes(organisation, second * SECOND)
          && outage.strikes(organisation, (second + 1) * SECOND - 1)) {
        return false;
      }
      if (outage.strikes(organisation, outage.from())
          && second >= end
          && !isAsked(workload, attempts, organisation, end, second)) {
        return false;
      }
    }
    return !isSpent(workload, attempts, organisation, second);
  }

  // Of a window of the wall clock that was all sent by the end of this second, nothing is to be had
  // before the next one. Windows do not begin with a second: up to one is left out of the sum.
  private static boolean isSpent(
      Workload workload, int[][] attempts, int organisation, int second) {
    if (workload.flavour() != Flavour.GEMINI) {
      return false;
    }
    Quota quota = workload.quotas().get(organisation);
    int ofMinute = (int) (workload.begins().plusSeconds(second).getEpochSecond() % SECONDS);
    int minute = sent(workload, attempts, organisation, Math.max(second - ofMinute, 0), second);
    int day = sent(workload, attempts, organisation, 0, second);
    long ofASecond = quota.of(workload.binding()) / SECONDS;
    return minute >= quota.of(workload.binding()) - ofASecond
        || (quota.requestsPerDay() > 0 && day >= quota.requestsPerDay());
  }

  /// Attempts from one second to another, that one included.
  private static int sent(Workload workload, int[][] attempts, int organisation, int from, int to) {
    int sum = 0;
    for (int key = 0; key < attempts.length; key++) {
      for (int second = from; second <= to; second++) {
        sum += workload.organisationOf(key) == organisation ? attempts[key][second] : 0;
      }
    }
    return sum;
  }

  private static boolean isAsked(
      Workload workload, int[][] attempts, int organisation, int from, int to) {
    return sent(workload, attempts, organisation, from, to) > TRIALS;
  }
}
