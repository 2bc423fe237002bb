package dev.forebay.bench.goodput;

import static dev.forebay.bench.goodput.Timeline.SECOND;

/// What was sent to whom in each second of a trial, and whose limits were open.
///
/// @param attempts by key and second
/// @param refused by organisation and second, whether a refusal of its limits came back
/// @param knownFrom by organisation, since when its limits can be known, in nanoseconds: they are
///   told, or a refusal has spoken of them
record BySecond(Workload workload, int[][] attempts, boolean[][] refused, long[] knownFrom) {

  /// Attempts after an outage or a refusal that are trials.
  private static final int TRIALS = 3;

  /// Limits are those of a minute.
  private static final int SECONDS = 60;

  /// Everything that was sent.
  int all(int second) {
    int all = 0;
    for (int[] ofKey : attempts) {
      all += ofKey[second];
    }
    return all;
  }

  /// What may be sent to a key in a second without being unfair to the others. An organisation's
  /// keys share what is its own.
  double fairShare(int key, int second, double open, double all) {
    int organisation = workload.organisationOf(key);
    boolean known = second * SECOND >= knownFrom[organisation];
    double limit = workload.quotas().get(organisation).of(workload.binding());
    return (known ? Math.min(all, open / SECONDS) : all)
        * limit
        / open
        / workload.keysOf().get(organisation);
  }

  /// The sum of the limits per minute that were open; 1 when none was.
  double open(int second) {
    double sum = 0;
    for (int i = 0; i < workload.quotas().size(); i++) {
      if (!isStruck(i, second) && !isResting(i, second) && !isSpent(i, second)) {
        sum += workload.quotas().get(i).of(workload.binding());
      }
    }
    return sum == 0 ? 1 : sum;
  }

  // Until its first trials after an outage are answered nobody can know that it is over.
  private boolean isStruck(int organisation, int second) {
    for (Outage outage : workload.outages()) {
      int end = (int) (outage.to() / SECOND);
      if (outage.strikes(organisation, second * SECOND)
          && outage.strikes(organisation, (second + 1) * SECOND - 1)) {
        return true;
      }
      if (outage.strikes(organisation, outage.from())
          && second >= end
          && !isAsked(organisation, end, second)) {
        return true;
      }
    }
    return false;
  }

  // Who has just refused wants to be left alone for a moment, and nobody can know for how long.
  private boolean isResting(int organisation, int second) {
    int last = second;
    while (last >= 0 && !refused[organisation][last]) {
      last--;
    }
    return last >= 0 && !isAsked(organisation, last + 1, second);
  }

  // Of a window of the wall clock that was all sent by the end of this second, nothing is to be had
  // before the next one. Windows do not begin with a second: up to one is left out of the sum.
  private boolean isSpent(int organisation, int second) {
    if (workload.flavour() != Flavour.GEMINI) {
      return false;
    }
    Quota quota = workload.quotas().get(organisation);
    int ofMinute = (int) (workload.begins().plusSeconds(second).getEpochSecond() % SECONDS);
    int minute = sent(organisation, Math.max(second - ofMinute, 0), second);
    int day = sent(organisation, 0, second);
    long ofASecond = quota.of(workload.binding()) / SECONDS;
    return minute >= quota.of(workload.binding()) - ofASecond
        || (quota.requestsPerDay() > 0 && day >= quota.requestsPerDay());
  }

  private boolean isAsked(int organisation, int from, int to) {
    return sent(organisation, from, to) > TRIALS;
  }

  /// Attempts from one second to another, that one included.
  private int sent(int organisation, int from, int to) {
    int sum = 0;
    for (int key = 0; key < attempts.length; key++) {
      for (int second = from; second <= to; second++) {
        sum += workload.organisationOf(key) == organisation ? attempts[key][second] : 0;
      }
    }
    return sum;
  }
}
