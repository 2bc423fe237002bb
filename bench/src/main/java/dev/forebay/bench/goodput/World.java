package dev.forebay.bench.goodput;

import static dev.forebay.bench.goodput.Timeline.SECOND;

import java.util.ArrayList;
import java.util.List;

/// The providers' side: organisations behind keys, and the way to them. Not thread-safe.
///
/// An attempt arrives after the way there; its limits are looked at then. A refusal comes back at
/// once, the head of a stream with its first token, other answers whole at their end. All heads
/// tell the limits as they were at admission.
final class World {

  private static final long WAY_NANOS = 25_000_000;
  private static final long REFUSING_NANOS = 15_000_000;

  final Timeline time;
  final Workload workload;
  final List<Organisation> organisations = new ArrayList<>();
  private final Books books;

  World(Timeline time, Workload workload, Books books) {
    this.time = time;
    this.workload = workload;
    this.books = books;
    for (int i = 0; i < workload.quotas().size(); i++) {
      Organisation organisation = new Organisation(i, workload.quotas().get(i), workload.flavour());
      if (workload.spent()) {
        organisation.spend(wall());
      }
      organisations.add(organisation);
    }
  }

  /// The organisation a key belongs to.
  Organisation of(int key) {
    return organisations.get(workload.organisationOf(key));
  }

  boolean down(int organisation) {
    return workload.outages().stream().anyMatch(one -> one.strikes(organisation, time.nanos()));
  }

  long wall() {
    return time.epochNanos(time.nanos());
  }

  /// Sends an attempt; `reception` hears of it later.
  void send(int key, Job job, Reception reception) {
    books.attempted(key, time.nanos());
    long sent = time.nanos();
    time.at(sent + WAY_NANOS, () -> arrive(key, job, sent, WAY_NANOS, reception));
  }

  /// The same without any way there, for whoever looks at the limits before.
  void sendAtOnce(int key, Job job, Reception reception) {
    books.attempted(key, time.nanos());
    arrive(key, job, time.nanos(), WAY_NANOS, reception);
  }

  private void arrive(int key, Job job, long sent, long back, Reception reception) {
    Organisation organisation = of(key);
    long now = time.nanos();
    Reply reply = reply(organisation, job, now);
    switch (reply) {
      case Reply.Admitted admitted -> {
        books.admitted(organisation, job, admitted);
        generate(organisation, job, now);
        long head = job.stream() ? job.firstTokenNanos() : job.durationNanos();
        time.at(now + head + back, () -> reception.head(admitted));
        time.at(now + job.durationNanos() + back, () -> reception.end(admitted));
      }
      case Reply.Exhausted exhausted -> {
        long told = now + REFUSING_NANOS + back;
        Axis limit = exhausted.limit().axis();
        books.refused(organisation, limit, sent, now, told);
        time.at(told, () -> reception.head(exhausted));
      }
      case Reply.Unavailable unavailable -> {
        books.failed(key, now);
        time.at(now + REFUSING_NANOS + back, () -> reception.head(unavailable));
      }
    }
  }

  private Reply reply(Organisation organisation, Job job, long now) {
    for (Outage outage : workload.outages()) {
      if (outage.strikes(organisation.number, now)) {
        return outage.reply(organisation.number, now);
      }
    }
    return organisation.ask(job, wall(), now);
  }

  private void generate(Organisation organisation, Job job, long now) {
    if (organisation.quota.output() == 0) {
      return;
    }
    long perSecond = Math.max(1, SECOND / job.nanosPerToken());
    long left = job.output();
    long at = now + job.firstTokenNanos();
    while (left > 0) {
      long some = Math.min(left, perSecond);
      at += some * job.nanosPerToken();
      time.at(at, () -> organisation.generated(some, wall()));
      left -= some;
    }
  }
}
