package dev.forebay.transport.admin;

import dev.forebay.control.ProviderKey;
import dev.forebay.control.Snapshot;
import dev.forebay.pool.Headroom;
import dev.forebay.pool.KeyView;
import dev.forebay.pool.Provenance;
import dev.forebay.pool.ScopedCooling;
import dev.forebay.pool.Status;
import dev.forebay.telemetry.live.KeyFigures;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One key as a page sees it at one moment. Immutable.
///
/// @param headroom in steps: limits refill all the time, and a row shall not change all the time
///   with them
record KeyLook(
    KeyView view,
    Standing standing,
    RowFigures figures,
    @Nullable LastError lastError,
    List<Headroom> headroom) {

  private static final int HEADROOM_STEPS = 50;

  /// The last refusal or failure.
  record LastError(String message, @Nullable Instant at) {}

  /// What changes seldom. A row is sent whole when it does.
  ///
  /// @param configured null for a key that was removed a moment ago
  /// @param resetsAt when the day of its budget ends
  record Standing(
      String name,
      String limitGroup,
      Provenance groupSaidBy,
      int priority,
      Status status,
      boolean halfOpen,
      List<ScopedCooling> coolings,
      long dailyTokens,
      long dailyNanoDollars,
      Instant resetsAt,
      @Nullable ProviderKey configured) {}

  /// What is the same for all keys of one look.
  record Moment(Snapshot snapshot, Instant now, Instant midnight) {

    static Moment of(Snapshot snapshot, Instant now) {
      ZoneId zone = snapshot.zone();
      Instant midnight = LocalDate.ofInstant(now, zone).plusDays(1).atStartOfDay(zone).toInstant();
      return new Moment(snapshot, now, midnight);
    }
  }

  static KeyLook of(KeyView view, KeyFigures lately, Moment moment) {
    Standing standing =
        new Standing(
            view.name(),
            view.limitGroup(),
            view.groupSaidBy(),
            view.priority(),
            view.status(),
            view.halfOpen(),
            view.coolings(),
            view.dailyTokens(),
            view.dailyNanoDollars(),
            moment.midnight(),
            moment.snapshot().keys().get(view.id()));
    String message = lately.lastError() == null ? view.lastError() : lately.lastError();
    return new KeyLook(
        view,
        standing,
        RowFigures.of(view, lately),
        message == null ? null : new LastError(message, lately.lastErrorAt()),
        view.headroom().stream().map(KeyLook::stepped).toList());
  }

  private static Headroom stepped(Headroom headroom) {
    long limit = headroom.limit();
    long step = Math.max(1, limit / HEADROOM_STEPS);
    return new Headroom(
        headroom.model(),
        headroom.axis(),
        headroom.period(),
        limit,
        Math.min(limit, headroom.remaining() / step * step),
        Instant.EPOCH,
        headroom.saidBy());
  }

  /// Whether only figures are other than before.
  boolean standsAs(KeyLook before) {
    return standing.equals(before.standing)
        && !figures.forgets(before.figures)
        && (lastError != null || before.lastError == null);
  }

  /// Writes what is other than before as members of an object that has begun, each behind a comma.
  void changes(KeyLook before, StringBuilder text) {
    figures.changes(before.figures, text);
    if (lastError != null && !lastError.equals(before.lastError)) {
      text.append(",\"lastError\":").append(PoolJson.lastError(lastError).encode());
    }
    if (!headroom.equals(before.headroom)) {
      text.append(",\"headroom\":").append(PoolJson.headroom(headroom).encode());
    }
  }

  /// Whether it may be another one by now without anybody having said so: a time has come, or a
  /// request tries it.
  boolean isDue(Instant now) {
    if (standing.halfOpen()) {
      return true;
    }
    Instant until = PoolJson.until(standing.status());
    if (until != null && !until.isAfter(now)) {
      return true;
    }
    for (ScopedCooling cooling : standing.coolings()) {
      if (!cooling.halfOpen() && !cooling.until().isAfter(now)) {
        return true;
      }
    }
    return !standing.resetsAt().isAfter(now);
  }

  boolean isOf(String limitGroup) {
    return standing.limitGroup().equals(limitGroup);
  }
}
