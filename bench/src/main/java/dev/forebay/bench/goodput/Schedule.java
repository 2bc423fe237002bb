package dev.forebay.bench.goodput;

import static dev.forebay.bench.goodput.Timeline.MINUTE;
import static dev.forebay.bench.goodput.Timeline.SECOND;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Every job of one trial in the order of its time, the same for all contenders.
///
/// @param offered what the jobs ask of the axis that binds while figures count, as one account with
///   a cache of its own would be charged
record Schedule(List<Job> jobs, double offered) {

  private static final int SAMPLE = 4_000;

  private static final int FITTINGS = 6;

  /// Jobs that ask `load` times what the workload's organisations grant when none is down.
  ///
  /// A few large conversations more or less are much of a trial: the rate is fitted until what was
  /// drawn comes to the load that is meant.
  static Schedule of(Workload workload, double load, long seed) {
    double wanted = load * workload.perMinute() * workload.measured() / MINUTE;
    double perSecond = load * workload.perMinute() / perClient(workload) / 60;
    Schedule best = drawn(workload, perSecond, seed);
    for (int i = 1; i < FITTINGS; i++) {
      perSecond *= wanted / best.offered;
      Schedule next = drawn(workload, perSecond, seed);
      if (Math.abs(next.offered - wanted) >= Math.abs(best.offered - wanted)) {
        return best;
      }
      best = next;
    }
    return best;
  }

  private static Schedule drawn(Workload workload, double perSecond, long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    List<Job> jobs = new ArrayList<>();
    int clients = 0;
    long at = workload.arrivals().next(0, perSecond, random);
    while (at < workload.end()) {
      jobs.addAll(workload.demand().come(clients++, at, random));
      at = workload.arrivals().next(at, perSecond, random);
    }
    jobs.removeIf(job -> job.due() >= workload.end());
    jobs.sort(Comparator.comparingLong(Job::due));
    jobs.replaceAll(new Numbers()::next);
    return new Schedule(jobs, charged(workload, jobs, workload.warmUp()));
  }

  /// Exactly so many conversations that begin one after the other.
  static Schedule ofConversations(Workload workload, int count, long apart, long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      jobs.addAll(workload.demand().come(i, SECOND + i * apart, random));
    }
    jobs.sort(Comparator.comparingLong(Job::due));
    jobs.replaceAll(new Numbers()::next);
    return new Schedule(jobs, charged(workload, jobs, workload.warmUp()));
  }

  private static final class Numbers {
    private int next;

    Job next(Job job) {
      return new Job(
          next++,
          job.conversation(),
          job.turn(),
          job.due(),
          job.input(),
          job.shared(),
          job.output(),
          job.cap(),
          job.bytes(),
          job.stream(),
          job.firstTokenNanos(),
          job.nanosPerToken());
    }
  }

  /// What one client is charged in the mean, all its turns together.
  private static double perClient(Workload workload) {
    RandomGenerator random = new SplittableRandom(11);
    List<Job> jobs = new ArrayList<>();
    int sample = workload.demand().turns() == 0 ? SAMPLE : SAMPLE / 20;
    for (int i = 0; i < sample; i++) {
      jobs.addAll(workload.demand().come(i, i * (MINUTE / 10), random));
    }
    jobs.sort(Comparator.comparingLong(Job::due));
    return charged(workload, jobs, 0) / sample;
  }

  private static double charged(Workload workload, List<Job> jobs, long from) {
    PromptCache single = new PromptCache(workload.flavour().cacheNanos);
    double sum = 0;
    for (Job job : jobs) {
      CacheUse use = single.use(job, job.due());
      if (job.due() >= from) {
        sum += workload.flavour().use(workload.binding(), job, use.read());
      }
    }
    return sum;
  }
}
