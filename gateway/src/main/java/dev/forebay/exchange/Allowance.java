package dev.forebay.exchange;

import dev.forebay.exchange.Allowances.Admission;
import dev.forebay.exchange.Allowances.Admission.Exceeded;
import dev.forebay.exchange.Allowances.Limit;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What one caller has used in this minute, the one before and this day. Thread-safe and lock-free:
/// one compare-and-set checks all limits and counts.
///
/// A minute is a window that slides: what was used in the clock's minute before counts in
/// proportion to how much of that minute is less than sixty seconds ago. The count is exact when
/// use was even, and off by at most what one minute's use was uneven.
final class Allowance {

  private static final long MINUTE_NANOS = 60_000_000_000L;

  /// What counts now. The monotonic clock has an arbitrary origin, and so have minutes.
  private record Counts(
      long minute,
      long requestsBefore,
      long requests,
      long tokensBefore,
      long tokens,
      long day,
      long requestsToday,
      long tokensToday) {

    Counts at(long nowMinute, long nowDay) {
      // Neither goes backwards: a clock that is set back does not hand anything out again.
      Counts counts = nowDay > day ? withDay(nowDay, 0, 0) : this;
      if (nowMinute <= minute) {
        return counts;
      }
      boolean next = nowMinute == minute + 1;
      return new Counts(
          nowMinute,
          next ? requests : 0,
          0,
          next ? tokens : 0,
          0,
          counts.day,
          counts.requestsToday,
          counts.tokensToday);
    }

    Counts withDay(long otherDay, long otherRequests, long otherTokens) {
      return new Counts(
          minute,
          requestsBefore,
          requests,
          tokensBefore,
          tokens,
          otherDay,
          otherRequests,
          otherTokens);
    }

    Counts plus(long moreTokens) {
      return new Counts(
          minute,
          requestsBefore,
          requests + 1,
          tokensBefore,
          tokens + moreTokens,
          day,
          requestsToday + 1,
          tokensToday + moreTokens);
    }

    /// Corrects what was counted at another time; what has fallen out of the window stays out.
    Counts corrected(Admission.Granted granted, long difference) {
      long now = tokens;
      long before = tokensBefore;
      if (granted.minute() == minute || (granted.minute() < minute - 1 && difference > 0)) {
        now = Math.max(0, now + difference);
      } else if (granted.minute() == minute - 1) {
        before = Math.max(0, before + difference);
      }
      long today = granted.day() == day ? Math.max(0, tokensToday + difference) : tokensToday;
      return new Counts(minute, requestsBefore, requests, before, now, day, requestsToday, today);
    }
  }

  private final AtomicReference<Counts> counts =
      new AtomicReference<>(new Counts(Long.MIN_VALUE, 0, 0, 0, 0, Long.MIN_VALUE, 0, 0));

  Admission admit(
      String callerId, ClientLimits limits, long tokens, long nanos, Instant now, ZoneId zone) {
    long minute = Math.floorDiv(nanos, MINUTE_NANOS);
    long elapsed = Math.floorMod(nanos, MINUTE_NANOS);
    LocalDate today = LocalDate.ofInstant(now, zone);
    while (true) {
      Counts before = counts.get();
      Counts here = before.at(minute, today.toEpochDay());
      Exceeded exceeded = exceeded(here, limits, tokens, elapsed);
      Exceeded daily = exceededToday(here, limits, tokens, now, zone);
      if (daily != null) {
        return daily;
      }
      if (exceeded != null) {
        return exceeded;
      }
      if (counts.compareAndSet(before, here.plus(tokens))) {
        return new Admission.Granted(callerId, here.minute, here.day, tokens);
      }
    }
  }

  private static @Nullable Exceeded exceeded(
      Counts here, ClientLimits limits, long tokens, long elapsed) {
    long forRequest =
        delay(limits.requestsPerMinute(), here.requestsBefore, here.requests, 1, elapsed);
    long forTokens =
        delay(limits.tokensPerMinute(), here.tokensBefore, here.tokens, tokens, elapsed);
    if (forRequest == 0 && forTokens == 0) {
      return null;
    }
    return forRequest >= forTokens
        ? new Exceeded(
            Limit.REQUESTS_PER_MINUTE, limits.requestsPerMinute(), Duration.ofNanos(forRequest))
        : new Exceeded(
            Limit.TOKENS_PER_MINUTE, limits.tokensPerMinute(), Duration.ofNanos(forTokens));
  }

  private static @Nullable Exceeded exceededToday(
      Counts here, ClientLimits limits, long tokens, Instant now, ZoneId zone) {
    Limit limit = null;
    long most = 0;
    if (full(limits.requestsPerDay(), here.requestsToday, 1)) {
      limit = Limit.REQUESTS_PER_DAY;
      most = limits.requestsPerDay();
    } else if (full(limits.tokensPerDay(), here.tokensToday, tokens)) {
      limit = Limit.TOKENS_PER_DAY;
      most = limits.tokensPerDay();
    }
    if (limit == null) {
      return null;
    }
    Instant midnight = LocalDate.ofEpochDay(here.day + 1).atStartOfDay(zone).toInstant();
    return new Exceeded(limit, most, Duration.between(now, midnight));
  }

  /// A request that alone is larger than the limit is let in when nothing else counts: it could
  /// never be served otherwise.
  private static boolean full(long limit, long used, long cost) {
    return limit > 0 && cost > 0 && used + Math.min(cost, limit) > limit;
  }

  /// How long until the cost fits, if nothing else comes; 0 when it fits now.
  private static long delay(long limit, long before, long now, long cost, long elapsed) {
    if (limit == 0 || cost == 0) {
      return 0;
    }
    long room = limit - Math.min(cost, limit);
    if (now <= room) {
      long at = fallsTo(before, room - now);
      return Math.max(0, at - elapsed);
    }
    // Only when this minute is the one before.
    return MINUTE_NANOS - elapsed + fallsTo(now, room);
  }

  /// When in a minute what was used in the one before counts for no more than this.
  private static long fallsTo(long before, long most) {
    if (before <= most) {
      return 0;
    }
    return MINUTE_NANOS - (long) ((double) MINUTE_NANOS * most / before);
  }

  void settle(Admission.Granted granted, long tokensUsed, long nanos) {
    long difference = tokensUsed - granted.tokens();
    long minute = Math.floorDiv(nanos, MINUTE_NANOS);
    if (difference != 0) {
      counts.updateAndGet(now -> now.at(minute, now.day).corrected(granted, difference));
    }
  }

  void restore(long day, long requests, long tokens) {
    counts.updateAndGet(now -> {
      if (now.day > day) {
        return now;
      }
      boolean same = now.day == day;
      return now.withDay(
          day,
          Math.max(requests, same ? now.requestsToday : 0),
          Math.max(tokens, same ? now.tokensToday : 0));
    });
  }
}
