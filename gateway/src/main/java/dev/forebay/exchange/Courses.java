package dev.forebay.exchange;

import dev.forebay.dialect.GatewayError;
import dev.forebay.pool.Lease;
import dev.forebay.pool.Shortfall;
import dev.forebay.pool.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes an exchange through the targets of its route.
///
/// Every target that is not over is asked in order, the first one first; the next one is begun when
/// those before it have no key that is ready at once. Only when all of them have been asked is a
/// key waited for, and it is the first that comes back.
///
/// Confined to the exchange.
final class Courses {

  private static final int MOST_SHORTFALLS = 10;

  private final Dispatcher dispatcher;
  private final Incoming incoming;
  private final Trace trace;
  private final List<Target> targets;
  private final boolean strict;
  private final boolean refusals;
  private final Patience patience;
  private final List<Course> begun = new ArrayList<>(1);
  private int next;
  private long longest = -1;
  private @Nullable GatewayError fault;

  Courses(Dispatcher dispatcher, Incoming incoming, Trace trace, Route route) {
    this.dispatcher = dispatcher;
    this.incoming = incoming;
    this.trace = trace;
    this.targets = route.targets();
    this.strict = incoming.strict(route);
    this.refusals = route.refusals();
    this.patience = new Patience(incoming.directory().limits());
  }

  /// What to do next.
  sealed interface Step {
    /// Send an attempt with this lease.
    record Try(Course course, Lease lease) implements Step {}

    /// Wait for this, and ask again after `delay`.
    record Wait(WaitingRoom.Wish wish, Duration delay) implements Step {}

    /// Nobody serves.
    record End() implements Step {}
  }

  /// @param stay the exchange's stay in the waiting room; null when it has not waited
  Step next(@Nullable Stay stay) {
    if (stay != null) {
      patience.waited(stay.counted());
    }
    if (fault != null) {
      return new Step.End();
    }
    Duration shortest = null;
    WaitingRoom.Wish wish = null;
    WaitingRoom.Wish standing = null;
    for (int i = 0; i < begun.size() || begin(); i++) {
      Course course = begun.get(i);
      if (course.over()) {
        continue;
      }
      course.plan.othersWait(othersWait(course, stay));
      WaitingRoom.Wish queue = queue(course, stay);
      if (queue != null) {
        standing = stay != null && stay.isFor(queue) ? queue : standing;
        if (shortest == null) {
          // Who is the first of a line is called, and may ask there.
          boolean behind = dispatcher.room().isWaitedFor(queue);
          shortest = behind ? patience.left() : Duration.ZERO;
          wish = queue;
        }
        continue;
      }
      switch (course.plan.next()) {
        case AttemptPlan.Decision.Try(Lease lease) -> {
          return new Step.Try(course, lease);
        }
        case AttemptPlan.Decision.Wait(Duration delay) -> {
          if (course.searching() && course.lastRefusal() != null && !course.denied()) {
            course.ended(course.plan.tally());
          } else {
            WaitingRoom.Wish wanted = course.plan.wish();
            standing = stay != null && stay.isFor(wanted) ? wanted : standing;
            if (shortest == null || delay.compareTo(shortest) < 0) {
              shortest = delay;
              wish = wanted;
            }
          }
        }
        case AttemptPlan.Decision.GiveUp(Tally tally) -> {
          course.ended(tally);
          String reason =
              course.tooLarge() != null
                  ? "the request is larger than its keys' limits"
                  : course.failed() ? course.lastReason() : null;
          left(course, reason == null ? tally.describe(incoming.directory().zone()) : reason);
        }
      }
    }
    if (wish == null || shortest == null) {
      return new Step.End();
    }
    // Who stands in a line that still leads somewhere keeps its place there.
    return new Step.Wait(standing == null ? wish : standing, shortest);
  }

  /// Whether others wait for the target's model, whichever of its keys they wait for.
  private boolean othersWait(Course course, @Nullable Stay stay) {
    if (dispatcher.room().waiting() == 0) {
      return false;
    }
    WaitingRoom.Wish any = course.plan.anyKey();
    boolean among = stay != null && stay.isAmong(any);
    return dispatcher.room().waitingFor(any) > (among ? 1 : 0);
  }

  /// What it is to wait for since others come before: they wait for the same and came first, or for
  /// the same room and have had fewer turns. Null when it may ask the pool.
  private WaitingRoom.@Nullable Wish queue(Course course, @Nullable Stay stay) {
    WaitingRoom room = dispatcher.room();
    if (room.waiting() == 0 || begunToTry() || patience.leftNanos() <= 0) {
      return null;
    }
    WaitingRoom.Wish wish = course.plan.wish();
    if (stay != null && (stay.isCalledFor(wish) || isCalledHome(course, stay, wish))) {
      // Whoever is held keeps its place, though its home has room.
      return stay.isHeld(course.plan.loneGroup()) ? stay.wish() : null;
    }
    return room.isWaitedFor(wish) || overtakes(course, stay, wish) ? wish : null;
  }

  /// Whether it would take the room of the only group there is from other callers who wait for it.
  private boolean overtakes(Course course, @Nullable Stay stay, WaitingRoom.Wish wish) {
    String lone = stay == null && wish.group() == null ? course.plan.loneGroup() : null;
    return lone != null
        && dispatcher.room().isWaitedForByOthers(wish, lone, incoming.request.client().id());
  }

  /// Whether it is called for the group that has its cache: any will do as soon as that has room.
  private static boolean isCalledHome(Course course, Stay stay, WaitingRoom.Wish wish) {
    return stay.isCalledForPartOf(wish) && course.plan.hasRoomAtHome();
  }

  /// Whether an attempt was made: then it has been its turn.
  boolean begunToTry() {
    return patience.attempts() > 0;
  }

  /// How long the exchange may still wait.
  Duration patience() {
    return patience.left();
  }

  /// Nobody is waited for any longer.
  void expire() {
    for (Course course : begun) {
      if (!course.over()) {
        course.ended(course.plan.tally());
      }
    }
  }

  /// Begins the next target that may hold the request; false when none is left.
  private boolean begin() {
    while (next < targets.size()) {
      Target target = targets.get(next++);
      if (targets.size() > 1 && !holds(target) && anyHolds()) {
        trace.detour(
            target,
            "about "
                + incoming.head.inputTokens()
                + " tokens of input do not fit in its context of "
                + incoming.directory().capacity(target).context());
        continue;
      }
      begun.add(Course.of(dispatcher, incoming, target, strict, patience));
      return true;
    }
    return false;
  }

  private boolean holds(Target target) {
    Capacity capacity = incoming.directory().capacity(target);
    return capacity.holds(incoming.head.inputTokens())
        && (longest < 0 || capacity.context() < 0 || capacity.context() > longest);
  }

  private boolean anyHolds() {
    return longest >= 0 || targets.stream().anyMatch(this::holds);
  }

  /// The request is longer than this target can hold: only those that hold more are begun after it.
  void tooLong(Course course) {
    course.tooLong();
    longest = Math.max(longest, incoming.directory().capacity(course.target).context());
    left(course, "the request is longer than its context");
  }

  /// The request cannot be put in this target's words, or in nobody's because its own dialect does
  /// not have it: then no other target is asked.
  void blocked(Course course, Obstacle obstacle) {
    course.blocked(obstacle.error());
    fault = obstacle.everywhere() ? obstacle.error() : fault;
    left(course, obstacle.error().message());
  }

  /// What is wrong with the request, whoever is asked; null as far as anybody knows.
  @Nullable GatewayError fault() {
    return fault;
  }

  /// Whether somebody else is to be asked should this target's model decline to answer.
  boolean leavesRefusals(Course course) {
    if (!refusals || incoming.operation.countsTokens()) {
      return false;
    }
    return next < targets.size()
        || begun.stream().anyMatch(other -> other != course && !other.over());
  }

  /// The model of this target declined to answer.
  void declined(Course course) {
    course.ended(course.plan.tally());
    left(course, "the model declined to answer");
  }

  private void left(Course course, String reason) {
    if (targets.size() > 1 || course.obstacle() != null) {
      trace.detour(course.target, reason);
    }
  }

  /// Attempts so far.
  int attempts() {
    return patience.attempts();
  }

  /// The course whose end the client is told of: the first one that could take the request.
  Course decisive() {
    for (Course course : begun) {
      if (course.obstacle() == null) {
        return course;
      }
    }
    return begun.getFirst();
  }

  /// How long until somebody of any target can serve one more: a key is back, and those who wait
  /// for it now have had their turns, or have given up. Null when no key comes back.
  @Nullable Duration back() {
    Duration first = null;
    for (Course course : begun) {
      Duration until = GiveUps.until(course.tally(), dispatcher.ticker().now());
      if (until != null) {
        Duration after = longer(until, turns(course));
        first = first == null || after.compareTo(first) < 0 ? after : first;
      }
    }
    return first;
  }

  private Duration turns(Course course) {
    long nanos = dispatcher.room().turns(course.plan.wish(), dispatcher.ticker().nanos());
    Duration longest = incoming.directory().limits().maxWait();
    return Duration.ofNanos(Math.min(nanos, longest.toNanos()));
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  /// How many others wait for what this target's keys serve.
  int waiting(Course course) {
    return dispatcher.room().waitingFor(course.plan.anyKey());
  }

  /// What kept the limit groups of all targets from serving it, those first that can do so soonest.
  List<Shortfall> shortfalls() {
    return begun.stream()
        .filter(course -> course.obstacle() == null && !course.wasTooLong())
        .flatMap(course -> course.plan.shortfalls(MOST_SHORTFALLS).stream())
        .sorted(Comparator.comparing(Courses::end))
        .limit(MOST_SHORTFALLS)
        .toList();
  }

  private static Instant end(Shortfall shortfall) {
    Instant until = shortfall.until();
    return until == null ? Instant.MAX : until;
  }

  /// The model that was to be asked.
  String model() {
    return targets.getFirst().model();
  }
}
