package dev.forebay.pool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The limits of one limit group for the models of one group, as far as they are known.
/// Thread-safe; reading and taking are lock-free.
///
/// They are an immutable array that grows as the provider speaks of another one: an attempt gives
/// back to the array it took from, whatever was learned meanwhile.
final class Limits {

  private static final Limit[] NONE = {};

  // Requests per second.
  private static final double LEAST_GUESS = 1;

  // Who is told to stay away for so long was not only a little too fast: that is another kind of
  // limit, and a guess would hold back what comes after it.
  private static final long LONG_PAUSE = 5_000_000_000L;

  private volatile Limit[] all = NONE;

  // Guarded by this.
  private long refusedAt = Long.MIN_VALUE;

  /// Those known now; not to be modified.
  Limit[] all() {
    return all;
  }

  /// When the request fits: `now` or earlier when it does at once.
  long freeAt(Need need, long now) {
    long free = now;
    for (Limit limit : all) {
      free = Math.max(free, limit.freeAt(need.of(limit.axis), now));
    }
    return free;
  }

  /// Whether the request would fit now if nothing of the group were in flight.
  boolean fitsAlone(Need need, long requestsInFlight, long tokensInFlight, long now) {
    for (Limit limit : all) {
      long inFlight = limit.axis == Axis.REQUESTS ? requestsInFlight : tokensInFlight;
      if (!limit.fitsWithout(need.of(limit.axis), inFlight, now)) {
        return false;
      }
    }
    return true;
  }

  /// The limit that headers speak of.
  RateLimit ofHeaders(Axis axis, long limit, long resetNanos) {
    Period period = Period.MINUTE;
    RateLimit daily = find(axis, Period.DAY);
    if (resetNanos > RateLimit.LONGEST_MINUTE) {
      period = Period.DAY;
    } else if (daily != null && limit == daily.limit()) {
      RateLimit minute = find(axis, Period.MINUTE);
      period = minute != null && minute.limit() == limit ? Period.MINUTE : Period.DAY;
    }
    RateLimit known = period == Period.DAY ? daily : find(axis, period);
    return known == null ? newOfHeaders(axis, period) : known;
  }

  private @Nullable RateLimit find(Axis axis, Period period) {
    for (Limit limit : all) {
      if (limit.axis == axis
          && limit.period == period
          && limit instanceof RateLimit rate
          && rate.fromHeaders()) {
        return rate;
      }
    }
    return null;
  }

  private synchronized RateLimit newOfHeaders(Axis axis, Period period) {
    RateLimit known = find(axis, period);
    if (known != null) {
      return known;
    }
    RateLimit created = new RateLimit(axis, period, true);
    List<Limit> rest = new ArrayList<>(Arrays.asList(all));
    // Who counts down needs no guesses.
    rest.removeIf(LearnedLimit.class::isInstance);
    rest.add(created);
    all = rest.toArray(NONE);
    return created;
  }

  private boolean hasHeaders() {
    for (Limit limit : all) {
      if (limit instanceof RateLimit rate && rate.fromHeaders()) {
        return true;
      }
    }
    return false;
  }

  /// A request was refused because of limits that the refusal named.
  ///
  /// @param startedAt when it was sent: a burst of refusals counts once
  /// @param after nanoseconds until it would have fitted; -1 for unknown
  /// @return whether the rate per minute became another one
  synchronized boolean refused(
      List<Quota> quotas, Need need, long startedAt, long after, Context context) {
    if (startedAt <= refusedAt) {
      return false;
    }
    long now = context.nanos();
    refusedAt = now;
    boolean windows = !hasHeaders();
    boolean changed = false;
    for (Quota quota : quotas) {
      changed |= refused(quota, windows, need, startedAt, after, context);
    }
    return changed;
  }

  private boolean refused(
      Quota quota, boolean windows, Need need, long startedAt, long after, Context context) {
    long now = context.nanos();
    RateLimit counted = find(quota.axis(), quota.period());
    if (counted != null && counted.known(now) && counted.limit() <= quota.limit()) {
      // The headers of the same answer have said so already.
      return false;
    }
    boolean day = quota.period() == Period.DAY;
    RateLimit refill = day ? null : refill(quota);
    long units = need.of(quota.axis());
    boolean changed =
        refill != null && refill.refused(quota.limit(), quota.used(), units, after, now);
    if (windows) {
      long end = day ? now + Math.max(after, 0) : context.minuteEnd(startedAt);
      window(quota, refill).refused(quota.limit(), units, end, now);
    }
    return changed;
  }

  /// The quota that refusals name, as it is refilled; made when there is none.
  private RateLimit refill(Quota quota) {
    for (Limit limit : all) {
      if (limit instanceof RateLimit rate && !rate.fromHeaders() && isOf(limit, quota)) {
        return rate;
      }
    }
    return added(new RateLimit(quota.axis(), quota.period(), false));
  }

  /// The same quota as windows.
  private QuotaWindow window(Quota quota, @Nullable RateLimit refill) {
    for (Limit limit : all) {
      if (limit instanceof QuotaWindow window && isOf(limit, quota)) {
        return window;
      }
    }
    QuotaWindow window = new QuotaWindow(quota.axis(), quota.period(), refill);
    // Asked before its refill: who is held back spends nothing there.
    Limit[] more = new Limit[all.length + 1];
    more[0] = window;
    System.arraycopy(all, 0, more, 1, all.length);
    all = more;
    return window;
  }

  private static boolean isOf(Limit limit, Quota quota) {
    return limit.axis == quota.axis() && limit.period == quota.period();
  }

  private <L extends Limit> L added(L limit) {
    Limit[] more = Arrays.copyOf(all, all.length + 1);
    more[all.length] = limit;
    all = more;
    return limit;
  }

  /// A request was refused without a word of which limit was in the way. Returns whether a rate is
  /// learned from it, so that the refusal need not hold the whole group back: only where nothing
  /// better is known, and only when the rate has proved good since the last refusal.
  ///
  /// @param need what was refused, and `taken` what it had taken
  /// @param startedAt when it was sent
  /// @param pause for how long the provider wants to be left alone, in nanoseconds; 0 for unknown
  /// @param perSecond requests that are guessed to be granted; 0 for no guess
  /// @param tokens what a request counts on average
  synchronized boolean refused(
      Need need,
      Taken taken,
      long startedAt,
      long pause,
      double perSecond,
      double tokens,
      long now) {
    List<LearnedLimit> learned = new ArrayList<>(2);
    for (Limit limit : all) {
      if (limit instanceof LearnedLimit one) {
        learned.add(one);
      } else if (limit.known(now)) {
        return false;
      }
    }
    if (learned.isEmpty()) {
      learned.add((LearnedLimit) added(new LearnedLimit(Axis.REQUESTS)));
      learned.add((LearnedLimit) added(new LearnedLimit(Axis.TOKENS)));
    }
    boolean anySuspect = false;
    for (LearnedLimit one : learned) {
      anySuspect |= isSuspect(one, taken, startedAt, now);
    }
    boolean proved = true;
    for (LearnedLimit one : learned) {
      long mark = taken.mark(one);
      long units = need.of(one.axis);
      double guess = guess(one.axis, perSecond, tokens);
      if (!one.isMeasuring(now)) {
        one.begin(perSecond > 0 && pause < LONG_PAUSE ? guess : 0, startedAt, mark, units, now);
        proved = false;
      } else if (!anySuspect || isSuspect(one, taken, startedAt, now)) {
        proved &= one.refused(guess, startedAt, mark, units, now);
      } else {
        one.acquitted(startedAt, mark, now);
      }
    }
    return proved;
  }

  private static boolean isSuspect(LearnedLimit limit, Taken taken, long startedAt, long now) {
    return !limit.isMeasuring(now) || limit.isSuspect(startedAt, taken.mark(limit));
  }

  // Little traffic proves nothing: the second refusal tells.
  private static double guess(Axis axis, double perSecond, double tokens) {
    return Math.max(perSecond, LEAST_GUESS) * (axis == Axis.REQUESTS ? 1 : Math.max(tokens, 1));
  }

  /// Takes over what another group of the same limits knew.
  synchronized void join(Limits other) {
    for (Limit theirs : other.all) {
      Limit mine = null;
      for (Limit limit : all) {
        if (limit.axis == theirs.axis
            && limit.period == theirs.period
            && limit.getClass() == theirs.getClass()) {
          mine = limit;
        }
      }
      if (mine == null) {
        // Attempts in flight go on with the same one.
        added(theirs);
      } else if (mine instanceof RateLimit rate && theirs instanceof RateLimit joining) {
        rate.join(joining);
      }
    }
  }

  /// Tokens per minute that the group can serve for the model; 0 when unknown.
  double tokensPerMinute(Lessons lessons, long now) {
    double least = Double.POSITIVE_INFINITY;
    for (Limit limit : all) {
      // A quota of the day that is used up says nothing of how fast it may be.
      boolean counts =
          limit.known(now) && !(limit instanceof QuotaWindow && limit.period == Period.DAY);
      double perMinute = counts ? limit.perMinute() : 0;
      if (perMinute > 0) {
        least = Math.min(least, perMinute * lessons.tokensPer(limit.axis));
      }
    }
    return least == Double.POSITIVE_INFINITY ? 0 : least;
  }

  /// How many times what they are thought to grant is being tried, to find out whether that is
  /// more.
  double trying() {
    double most = 1;
    for (Limit limit : all) {
      most = limit instanceof LearnedLimit learned ? Math.max(most, learned.trying()) : most;
    }
    return most;
  }

  /// When a quota of the day begins anew of which nothing is left; `now` when there is none.
  long restsUntil(long now) {
    long until = now;
    for (Limit limit : all) {
      if (limit instanceof QuotaWindow window) {
        until = Math.max(until, window.restsUntil(now));
      }
    }
    return until;
  }

  /// When all of them will be full.
  long fullAt(long now) {
    long full = Long.MIN_VALUE;
    for (Limit limit : all) {
      full = Math.max(full, limit.fullAt(now));
    }
    return full;
  }

  void forget() {
    for (Limit limit : all) {
      limit.forget();
    }
  }

  void view(String model, long now, Context context, List<Headroom> into) {
    for (Limit limit : all) {
      if (limit.known(now) && !isShadowed(limit)) {
        into.add(
            new Headroom(
                model,
                limit.axis,
                limit.period,
                limit.limit(),
                Math.max(limit.remaining(now), 0),
                context.at(Math.max(limit.fullAt(now), now)),
                limit.saidBy()));
      }
    }
  }

  // A quota per minute that a refusal named is kept in two ways.
  private static boolean isShadowed(Limit limit) {
    return limit instanceof QuotaWindow && limit.period == Period.MINUTE;
  }
}
