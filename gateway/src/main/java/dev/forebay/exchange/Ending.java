package dev.forebay.exchange;

import dev.forebay.dialect.GatewayError;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How an exchange ends that nobody serves.
sealed interface Ending {

  /// The client gets what the provider said.
  record HandOn(Course course, Refusal refusal, ExchangeReport.End end) implements Ending {}

  /// The client gets an error of ours.
  record Refuse(GatewayError error, ExchangeReport.End end) implements Ending {}

  /// What the client learns most from.
  ///
  /// @param crowded whether the exchange would have waited, had there been room
  static Ending of(
      Courses all,
      ClientRequest request,
      @Nullable Incoming incoming,
      Trace trace,
      Instant now,
      boolean crowded) {
    Course course = all.decisive();
    GatewayError obstacle = course.obstacle();
    Refusal refusal = course.lastRefusal();
    if (obstacle != null) {
      return new Refuse(obstacle, ExchangeReport.End.REFUSED);
    }
    if (refusal != null && (course.searching() || course.wasTooLong())) {
      return new HandOn(course, refusal, ExchangeReport.End.CALLER_FAULT);
    }
    if (refusal != null && course.failed()) {
      return refusal.answered() && refusal.streamError() == null
          ? new HandOn(course, refusal, ExchangeReport.End.PROVIDER_ERROR)
          : new Refuse(
              GiveUps.providerFailed(
                  course.target, trace.attempts(), refusal == Refusal.TIMEOUT, course.lastReason()),
              ExchangeReport.End.PROVIDER_ERROR);
    }
    if (refusal != null && refusal.answered() && GiveUps.modelMissing(course.tally())) {
      return new HandOn(course, refusal, ExchangeReport.End.CALLER_FAULT);
    }
    return new Refuse(
        GiveUps.unserved(all, request, incoming, trace, now, crowded), ExchangeReport.End.REFUSED);
  }
}
