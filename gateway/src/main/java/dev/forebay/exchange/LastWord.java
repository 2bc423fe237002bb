package dev.forebay.exchange;

import dev.forebay.dialect.GatewayError;
import org.jspecify.annotations.Nullable;

/// What a client is told when nobody serves its request: an error of ours, or what a provider said
/// because that tells more.
sealed interface LastWord {

  record Ours(GatewayError error, ExchangeReport.End end) implements LastWord {}

  record Theirs(Course course, Refusal refusal, ExchangeReport.End end) implements LastWord {}

  /// @param crowded whether there was no room to wait
  static LastWord of(
      Courses all,
      ClientRequest request,
      @Nullable Incoming incoming,
      Trace trace,
      boolean crowded) {
    GatewayError fault = all.fault();
    if (fault != null) {
      return new Ours(fault, ExchangeReport.End.REFUSED);
    }
    Course course = all.decisive();
    GatewayError obstacle = course.obstacle();
    Refusal refusal = course.lastRefusal();
    if (obstacle != null) {
      return new Ours(obstacle, ExchangeReport.End.REFUSED);
    }
    if (course.denied() && (course.ownerGone() || course.leavesSomebody())) {
      return new Ours(
          GiveUps.unserved(all, request, incoming, trace, crowded), ExchangeReport.End.REFUSED);
    }
    Refusal tooLarge = course.tooLarge();
    if (tooLarge != null) {
      return new Theirs(course, tooLarge, ExchangeReport.End.CALLER_FAULT);
    }
    if (refusal != null && !course.failed() && (course.searching() || course.wasTooLong())) {
      return new Theirs(course, refusal, ExchangeReport.End.CALLER_FAULT);
    }
    if (refusal != null && course.failed()) {
      return refusal.answered() && refusal.streamError() == null
          ? new Theirs(course, refusal, ExchangeReport.End.PROVIDER_ERROR)
          : new Ours(
              GiveUps.providerFailed(
                  course.target, trace.attempts(), refusal == Refusal.TIMEOUT, course.lastReason()),
              ExchangeReport.End.PROVIDER_ERROR);
    }
    if (refusal != null && refusal.answered() && GiveUps.modelMissing(course.tally())) {
      return new Theirs(course, refusal, ExchangeReport.End.CALLER_FAULT);
    }
    return new Ours(
        GiveUps.unserved(all, request, incoming, trace, crowded), ExchangeReport.End.REFUSED);
  }
}
