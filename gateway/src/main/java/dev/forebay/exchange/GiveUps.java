package dev.forebay.exchange;

import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.Slice;
import dev.forebay.pool.Tally;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Words the end of an exchange that no key could serve.
final class GiveUps {

  private static final int LONGEST_TOLD = 2_000;

  private GiveUps() {}

  /// Whether nothing but the model stands in the way.
  static boolean modelMissing(Tally tally) {
    return tally.missingModel() + tally.notAllowed() == tally.keys() && tally.keys() > 0;
  }

  /// The end of an exchange whose keys all have other things to do.
  ///
  /// @param crowded whether it would have waited, had there been room
  static GatewayError unserved(
      Courses all,
      ClientRequest request,
      @Nullable Incoming incoming,
      Trace trace,
      boolean crowded) {
    Course course = all.decisive();
    GatewayError lost = lost(course, incoming, request.directory().zone());
    if (lost != null) {
      return lost;
    }
    GatewayError error =
        nothingEligible(
            course.target, course.tally(), all.back(), trace.detours(), request.directory().zone());
    GatewayError notFound =
        error.retryable() || incoming == null || course.denied() ? null : incoming.notFound();
    if (notFound != null) {
      return notFound;
    }
    String line = line(all.waiting(course), crowded);
    return new GatewayError(error.kind(), error.message() + line, error.retryAfter());
  }

  /// Who else waits for the same.
  private static String line(int waiting, boolean crowded) {
    if (crowded) {
      return " As many requests as may wait for a key do so already.";
    }
    return switch (waiting) {
      case 0 -> "";
      case 1 -> " 1 request waits for a key.";
      default -> " " + waiting + " requests wait for a key.";
    };
  }

  /// What the request builds on is held by an account that cannot serve any more; null when that is
  /// not so.
  private static @Nullable GatewayError lost(
      Course course, @Nullable Incoming incoming, ZoneId zone) {
    String resource = incoming == null ? null : incoming.ownedResource();
    Tally tally = course.tally();
    boolean known = course.plan.knowsOwner() || course.ownerGone();
    if (incoming == null || resource == null || !known || tally.nextAt().isPresent()) {
      return null;
    }
    GatewayError notFound = incoming.notFound();
    return notFound != null
        ? notFound
        : GatewayError.of(
            GatewayError.Kind.RESOURCE_NOT_FOUND,
            "`"
                + resource
                + "` is held by an account that cannot serve any more: "
                + (course.ownerGone()
                    ? "its key has been removed, and no other account has it"
                    : tally.describe(zone))
                + ".");
  }

  /// No key can serve now; says why, and when one may.
  ///
  /// @param wait until whoever of the route comes back first can serve; null when nobody does
  /// @param detours the targets of the route that did not serve
  static GatewayError nothingEligible(
      Target target, Tally tally, @Nullable Duration wait, List<Detour> detours, ZoneId zone) {
    String provider = target.provider().id();
    String model = target.model();
    if (tally.keys() == 0) {
      return GatewayError.of(
          GatewayError.Kind.NO_KEYS,
          "No "
              + provider
              + " key is configured. Add one under `keys` with `provider: "
              + provider
              + "`.");
    }
    if (modelMissing(tally)) {
      return GatewayError.of(
          GatewayError.Kind.UNKNOWN_MODEL,
          "The model `"
              + model
              + "` does not exist, or none of the "
              + tally.keys()
              + " "
              + provider
              + " keys may use it. GET /v1/models lists what can be asked for.");
    }
    return new GatewayError(
        GatewayError.Kind.NOTHING_ELIGIBLE,
        "No "
            + provider
            + " key can serve "
            + (model.isEmpty() ? "this" : "`" + model + "`")
            + " now. "
            + tally.describe(zone)
            + "."
            + others(target, detours),
        wait);
  }

  /// How long until the first key of a pool comes back; null when none does.
  static @Nullable Duration until(Tally tally, Instant now) {
    if (tally.nextAt().isEmpty()) {
      return null;
    }
    Duration until = Duration.between(now, tally.nextAt().get());
    return until.isNegative() ? Duration.ZERO : until;
  }

  /// What became of those that stand in.
  private static String others(Target target, List<Detour> detours) {
    StringBuilder text = new StringBuilder();
    for (Detour detour : detours) {
      if (!detour.target().equals(target)) {
        text.append(text.isEmpty() ? " Nor could what stands in: " : "; ");
        text.append(detour.target()).append(" (").append(detour.reason()).append(')');
      }
    }
    return text.isEmpty() ? "" : text.append('.').toString();
  }

  /// The caller is over a limit of its own; says which, and when to come again.
  static GatewayError limited(String client, Allowances.Admission.Exceeded exceeded) {
    String unit =
        switch (exceeded.limit()) {
          case REQUESTS_PER_MINUTE -> " requests per minute";
          case REQUESTS_PER_DAY -> " requests per day";
          case TOKENS_PER_MINUTE -> " tokens per minute";
          case TOKENS_PER_DAY -> " tokens per day";
        };
    Duration wait = exceeded.retryAfter();
    return new GatewayError(
        GatewayError.Kind.CLIENT_LIMIT,
        "The client key `"
            + client
            + "` is over its limit of "
            + exceeded.most()
            + unit
            + ". Send the request again in "
            + told(wait)
            + ".",
        wait);
  }

  /// Rounded up, so that whoever waits that long has waited long enough.
  private static String told(Duration wait) {
    long seconds = wait.plusNanos(999_999_999).toSeconds();
    if (seconds < 120) {
      return seconds + " s";
    }
    long minutes = (seconds + 59) / 60;
    return minutes < 120 ? minutes + " min" : (minutes + 59) / 60 + " h";
  }

  /// The provider failed on every try and left nothing that could be handed on.
  static GatewayError providerFailed(
      Target target, int attempts, boolean timeout, @Nullable String reason) {
    String model = target.model();
    return GatewayError.of(
        timeout ? GatewayError.Kind.PROVIDER_TIMEOUT : GatewayError.Kind.PROVIDER_FAILED,
        "The provider "
            + target.provider().id()
            + " failed on "
            + (attempts == 1 ? "the one attempt" : "all " + attempts + " attempts")
            + (model.isEmpty() ? "" : " for `" + model + "`")
            + (reason == null ? "" : "; last: " + reason)
            + ". Send the request again later.");
  }

  /// The answer had begun when it broke.
  static GatewayError brokeOff(String reason) {
    return GatewayError.of(
        GatewayError.Kind.STREAM_BROKEN,
        "The answer broke off after it had begun: "
            + reason
            + ". Send the request again; what came so far is incomplete.");
  }

  /// A stream was opened while the request waited, and then the provider sent none.
  static GatewayError noStream() {
    return GatewayError.of(
        GatewayError.Kind.PROVIDER_FAILED,
        "The provider's answer is no stream. Send the request again.");
  }

  /// What a provider said that can no longer be handed on as it is.
  static GatewayError refused(Outgoing.Told told) {
    String text = Slice.joined(told.body()).text();
    return GatewayError.of(
        told.status() < 500 ? GatewayError.Kind.INVALID_REQUEST : GatewayError.Kind.PROVIDER_FAILED,
        "The provider answered "
            + told.status()
            + ": "
            + (text.length() > LONGEST_TOLD ? text.substring(0, LONGEST_TOLD) + "…" : text));
  }

  static GatewayError shuttingDown() {
    return GatewayError.of(
        GatewayError.Kind.SHUTTING_DOWN,
        "The gateway is shutting down. Send the request again in a moment.");
  }
}
