package dev.forebay.bench.goodput;

import static dev.forebay.bench.goodput.Timeline.MINUTE;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/// One contender through one schedule of one workload.
///
/// The next turn of a conversation is sent when it is due, but not before the turn before it is
/// over. A turn that was refused is not sent again; the conversation goes on.
final class Trial {

  private static final long WIND_DOWN = 10 * MINUTE;

  private final Workload workload;
  private final Schedule schedule;
  private final double load;
  private final Timeline time;
  private final World world;
  private final Contender contender;
  private final Books books;
  private final Map<Integer, Deque<Job>> held = new HashMap<>();
  private int answers;

  Trial(Workload workload, Schedule schedule, double load, Function<World, Contender> contender) {
    this.workload = workload;
    this.schedule = schedule;
    this.load = load;
    this.time = new Timeline(workload.begins());
    this.books = new Books(workload);
    this.world = new World(time, workload, books);
    this.contender = contender.apply(world);
  }

  Contender contender() {
    return contender;
  }

  Timeline time() {
    return time;
  }

  Books books() {
    return books;
  }

  /// Jobs whose clients have been told how they ended.
  int answers() {
    return answers;
  }

  /// Runs it to its end.
  Result run(String name) {
    begin();
    time.run(workload.end() + WIND_DOWN);
    return books.result(name, load, schedule.offered());
  }

  /// Plans all jobs; time is the caller's to run.
  void begin() {
    for (Job job : schedule.jobs()) {
      time.at(job.due(), () -> due(job));
    }
  }

  private void due(Job job) {
    books.asked(job);
    if (!job.inConversation()) {
      contender.arrive(job, status -> told(job, status));
      return;
    }
    Deque<Job> before = held.get(job.conversation());
    if (before != null) {
      before.add(job);
      return;
    }
    held.put(job.conversation(), new ArrayDeque<>());
    turn(job);
  }

  private void told(Job job, int status) {
    answers++;
    books.told(job, status);
  }

  private void turn(Job job) {
    contender.arrive(
        job,
        status -> {
          told(job, status);
          Deque<Job> after = held.get(job.conversation());
          Job next = after == null ? null : after.poll();
          if (next == null) {
            held.remove(job.conversation());
          } else {
            time.at(time.nanos(), () -> turn(next));
          }
        });
  }
}
