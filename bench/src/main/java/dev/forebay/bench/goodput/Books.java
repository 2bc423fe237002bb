package dev.forebay.bench.goodput;

import static dev.forebay.bench.goodput.Timeline.SECOND;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Counts what happens in one trial. Figures are those of the measured time; attempts are kept by
/// second for all of it. Not thread-safe.
final class Books {

  private final Workload workload;
  private final PromptCache single;
  private final int[][] attemptsBySecond;

  // By organisation: whether a refusal of its limits came back in a second.
  private final boolean[][] refusedBySecond;

  // By organisation: the limits that were named by a refusal, with the instant it came back.
  private final List<Map<Axis, Long>> named = new ArrayList<>();

  private long asked;
  private long answered;
  private long refusedClients;
  private long failedClients;
  private long attempts;
  private long refusals;
  private long lessons;
  private long failures;
  private double served;
  private final double[] charged;
  private long read;
  private long readBySingle;
  private double dollars;
  private double dollarsOfSingle;
  private long waited;
  private long longestWait;

  Books(Workload workload) {
    this.workload = workload;
    this.single = new PromptCache(workload.flavour().cacheNanos);
    int seconds = (int) (workload.end() / SECOND) + 60;
    this.attemptsBySecond = new int[workload.keys()][seconds];
    this.refusedBySecond = new boolean[workload.quotas().size()][seconds];
    this.charged = new double[workload.quotas().size()];
    for (int i = 0; i < charged.length; i++) {
      named.add(new EnumMap<>(Axis.class));
    }
  }

  private boolean counts(long at) {
    return at >= workload.warmUp() && at < workload.end();
  }

  /// A client sent a job.
  void asked(Job job) {
    if (counts(job.due())) {
      asked++;
    }
  }

  /// What the client of a job got.
  void told(Job job, int status) {
    if (!counts(job.due())) {
      return;
    }
    if (status < 300) {
      answered++;
    } else if (status == 429) {
      refusedClients++;
    } else {
      failedClients++;
    }
  }

  void attempted(int key, long now) {
    int second = (int) (now / SECOND);
    if (second < attemptsBySecond[key].length) {
      attemptsBySecond[key][second]++;
    }
    if (counts(now)) {
      attempts++;
    }
  }

  /// An organisation refused what was sent at `sent`, and its refusal comes back at `back`.
  void refused(Organisation organisation, Axis limit, long sent, long now, long back) {
    long learned = named.get(organisation.number).computeIfAbsent(limit, _ -> back);
    int second = (int) (back / SECOND);
    if (second < refusedBySecond[organisation.number].length) {
      refusedBySecond[organisation.number][second] = true;
    }
    boolean lesson = !workload.flavour().tells() && sent < learned;
    if (counts(now)) {
      refusals++;
      lessons += lesson ? 1 : 0;
    }
  }

  void failed(int key, long now) {
    if (counts(now)) {
      failures++;
    }
  }

  /// An organisation let a job in; one account alone would have been charged for it as `single`
  /// says.
  void admitted(Organisation organisation, Job job, Reply.Admitted reply) {
    CacheUse alone = single.use(job, reply.at());
    if (!counts(reply.at())) {
      return;
    }
    Flavour flavour = workload.flavour();
    served += flavour.use(workload.binding(), job, alone.read());
    charged[organisation.number] += flavour.use(workload.binding(), job, reply.cache().read());
    read += reply.cache().read();
    readBySingle += alone.read();
    dollars += reply.cache().dollars(job.output());
    dollarsOfSingle += alone.dollars(job.output());
    long wait = Math.max(0, reply.at() - job.due());
    waited += wait;
    longestWait = Math.max(longestWait, wait);
  }

  /// Attempts by key and second.
  int[][] attemptsBySecond() {
    return attemptsBySecond;
  }

  Result result(String contender, double load, double offered) {
    double granted = workload.granted();
    return new Result(
        workload.name(),
        workload.flavour(),
        contender,
        load,
        served / granted,
        served / Math.min(granted, offered),
        offered / granted,
        asked,
        answered,
        refusedClients,
        failedClients,
        attempts,
        refusals,
        lessons,
        failures,
        unevenness(),
        readBySingle == 0 ? 1 : (double) read / readBySingle,
        dollarsOfSingle == 0 ? 1 : dollars / dollarsOfSingle,
        Herd.of(new BySecond(workload, attemptsBySecond, refusedBySecond, knownFrom())),
        attempts == 0 ? 0 : (double) waited / Math.max(1, attempts) / SECOND,
        (double) longestWait / SECOND);
  }

  /// Since when each organisation's limit can be known.
  private long[] knownFrom() {
    long[] from = new long[named.size()];
    if (!workload.flavour().tells()) {
      Arrays.setAll(from, i -> named.get(i).getOrDefault(workload.binding(), Long.MAX_VALUE));
    }
    return from;
  }

  /// The highest use of an organisation's limit over the mean of them all.
  private double unevenness() {
    double most = 0;
    double sum = 0;
    for (int i = 0; i < charged.length; i++) {
      double use = charged[i] / Math.max(1, workload.granted(i));
      most = Math.max(most, use);
      sum += use;
    }
    return sum == 0 ? 1 : most / (sum / charged.length);
  }
}
