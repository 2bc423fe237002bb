package dev.forebay.app.demo;

import dev.forebay.app.table.Budget;
import dev.forebay.app.table.KeyRow;
import dev.forebay.app.table.Pill;
import dev.forebay.app.terminal.Figures;
import dev.forebay.app.terminal.Ink;
import dev.forebay.app.terminal.Style;
import dev.forebay.pool.Cause;
import dev.forebay.pool.Headroom;
import dev.forebay.pool.KeyView;
import dev.forebay.pool.Provenance;
import dev.forebay.pool.ScopedCooling;
import dev.forebay.pool.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/// Makes rows of the table out of keys of the pool.
final class Rows {
  /// With less of its budget left, hardly a request fits.
  private static final double LEAST_ROOM = 0.02;

  private Rows() {}

  static KeyRow of(KeyView key, Instant now, Style style) {
    return new KeyRow(
        key.provider(),
        key.name(),
        pill(key, now, style),
        key.priority(),
        key.shareOfTraffic(),
        key.inFlight(),
        Math.round(key.tokensPerMinute()),
        Budget.tokens(key.usedToday(), key.reservedTokens(), key.dailyTokens()),
        key.latencyP50(),
        key.latencyP95(),
        key.throttled() + key.failed());
  }

  private static Pill pill(KeyView key, Instant now, Style style) {
    return switch (key.status()) {
      case Status.Open _ -> open(key, now, style);
      case Status.Cooling(Instant until, Cause cause, _, _, _) ->
          throttled(until, word(cause), now, style);
      case Status.Spent(Instant until) -> Pill.overBudget(style, left(until, now));
      case Status.Rejected(String reason, _, _) -> Pill.rejected(style, brief(reason));
      case Status.Paused(Provenance _) -> Pill.paused(style);
    };
  }

  private static Pill open(KeyView key, Instant now, Style style) {
    Optional<ScopedCooling> cooling =
        key.coolings().stream()
            .filter(scope -> scope.until().isAfter(now))
            .max(Comparator.comparing(ScopedCooling::until));
    if (cooling.isPresent()) {
      ScopedCooling scope = cooling.get();
      return throttled(
          scope.until(), scope.model() == null ? word(scope.cause()) : scope.model(), now, style);
    }
    Optional<Headroom> used =
        key.headroom().stream().filter(room -> room.remaining() == 0).findFirst();
    if (used.isPresent()) {
      return new Pill(
          style.symbol("◔", "~") + " at its limit " + used.get().model(), Ink.YELLOW, true);
    }
    if (allButUsed(key.usedToday(), key.dailyTokens())
        || allButUsed(key.usedTodayNanoDollars(), key.dailyNanoDollars())) {
      return new Pill(style.symbol("■", "#") + " budget all but used", Ink.MAGENTA, true);
    }
    if (key.halfOpen() || key.coolings().stream().anyMatch(ScopedCooling::halfOpen)) {
      return Pill.trial(style);
    }
    return Pill.healthy(style);
  }

  private static Pill throttled(Instant until, String why, Instant now, Style style) {
    return Pill.throttled(style, left(until, now) + " " + why);
  }

  /// Of a reason that begins with the status, the status alone: the rest does not fit anyway.
  private static String brief(String reason) {
    int end = reason.indexOf(' ');
    return end == 3 && Character.isDigit(reason.charAt(0)) ? reason.substring(0, end) : reason;
  }

  private static String left(Instant until, Instant now) {
    return Figures.countdown(Duration.between(now, until));
  }

  private static String word(Cause cause) {
    return switch (cause) {
      case RATE_LIMIT -> "rate limit";
      case QUOTA -> "quota";
      case SPEND_LIMIT -> "spend limit";
      case CREDIT -> "no credit";
      case OVERLOADED -> "overloaded";
      case FAILING -> "failing";
      case MODEL_UNAVAILABLE -> "no such model";
      case FORBIDDEN -> "forbidden";
      case CREDENTIAL -> "credential";
    };
  }

  private static boolean allButUsed(long used, long budget) {
    return budget - used < budget * LEAST_ROOM;
  }
}
