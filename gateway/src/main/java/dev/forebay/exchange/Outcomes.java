package dev.forebay.exchange;

import dev.forebay.dialect.Operation;
import dev.forebay.dialect.verdict.Counted;
import dev.forebay.dialect.verdict.Exhausted;
import dev.forebay.dialect.verdict.Verdict;
import dev.forebay.pool.Axis;
import dev.forebay.pool.Cause;
import dev.forebay.pool.Cooldown;
import dev.forebay.pool.Outcome;
import dev.forebay.pool.Period;
import dev.forebay.pool.Provenance;
import dev.forebay.pool.Quota;
import dev.forebay.pool.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells the pool, in its own words, what a provider's refusal means.
final class Outcomes {

  private Outcomes() {}

  /// The outcome of an attempt that ended with `verdict`.
  ///
  /// @param lastTry whether the exchange gives up if this attempt was a failure of the provider
  static Outcome of(Verdict verdict, Operation operation, int status, boolean lastTry) {
    return switch (verdict) {
      case Verdict.CallerFault ignored -> new Outcome.RequestRejected(status);
      case Verdict.StripThinking ignored -> new Outcome.RequestRejected(status);
      case Verdict.OverLimit over -> new Outcome.OverLimit(over.reason());
      case Verdict.KeyRejected rejected -> new Outcome.KeyRejected(rejected.reason());
      case Verdict.SlowDown slow -> new Outcome.SlowDown(slow.reason());
      case Verdict.Failed failed -> new Outcome.Failed(failed.reason());
      case Verdict.Throttled throttled -> throttled(throttled, operation, status, lastTry);
    };
  }

  private static Outcome throttled(
      Verdict.Throttled throttled, Operation operation, int status, boolean lastTry) {
    if (!operation.billsTokens()
        && throttled.reach() == Verdict.Reach.GROUP_MODEL
        && throttled.kind() == Verdict.Kind.RATE_LIMIT) {
      // Free calls have limits of their own, which say nothing about the model's.
      return new Outcome.Abandoned(Duration.ZERO);
    }
    if (keepsFromKey(throttled, operation)) {
      // What a question about one model is answered says nothing about the next question.
      return throttled.kind() == Verdict.Kind.MODEL_UNAVAILABLE
          ? new Outcome.RequestRejected(status)
          : new Outcome.Abandoned(Duration.ZERO);
    }
    boolean providerWide = throttled.reach() == Verdict.Reach.PROVIDER_MODEL;
    if (providerWide && !lastTry) {
      // One overloaded answer proves little: the key backs off alone and the request is tried
      // again.
      return new Outcome.Failed(throttled.reason());
    }
    Verdict.Wait wait = throttled.pause();
    return new Outcome.Throttled(
        scope(throttled.reach()),
        new Cooldown(
            wait.floor(),
            wait.cap(),
            wait.fromProvider() ? Provenance.PROVIDER : Provenance.ESTIMATED),
        cause(throttled.kind()),
        throttled.reason(),
        quotas(throttled.exhausted()));
  }

  /// Whether a question about models was refused in a way that says something about this key's
  /// group alone: another key may be told.
  static boolean keepsFromKey(Verdict verdict, Operation operation) {
    return operation.body() == Operation.Body.NO_BODY
        && verdict instanceof Verdict.Throttled throttled
        && throttled.reach() == Verdict.Reach.GROUP_MODEL
        && throttled.kind() != Verdict.Kind.RATE_LIMIT;
  }

  /// Whether it is not the key that kept the request from being served.
  static boolean blamesTheRequest(Outcome outcome) {
    return outcome instanceof Outcome.RequestRejected || outcome instanceof Outcome.OverLimit;
  }

  /// Whether the provider's own answer tells the client more than a tally of the keys would.
  static boolean blamesTheProvider(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Failed ignored -> true;
      case Outcome.Abandoned ignored -> true;
      case Outcome.Throttled throttled -> throttled.scope() == Scope.PROVIDER_MODEL;
      case Outcome.Served ignored -> false;
      case Outcome.SlowDown ignored -> false;
      case Outcome.Unequipped ignored -> false;
      case Outcome.KeyRejected ignored -> false;
      case Outcome.RequestRejected ignored -> false;
      case Outcome.OverLimit ignored -> false;
    };
  }

  /// Why an attempt did not serve, or null when nobody but the caller is to blame.
  static @Nullable String reason(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Served ignored -> null;
      case Outcome.Abandoned ignored -> null;
      case Outcome.RequestRejected ignored -> null;
      case Outcome.OverLimit over -> over.reason();
      case Outcome.Throttled throttled -> throttled.reason();
      case Outcome.SlowDown slow -> slow.reason();
      case Outcome.Failed failed -> failed.reason();
      case Outcome.KeyRejected rejected -> rejected.reason();
      case Outcome.Unequipped unequipped -> unequipped.reason();
    };
  }

  private static List<Quota> quotas(List<Exhausted> exhausted) {
    List<Quota> quotas = new ArrayList<>(exhausted.size());
    for (Exhausted one : exhausted) {
      Period period = one.perDay() ? Period.DAY : Period.MINUTE;
      quotas.add(new Quota(axis(one.counted()), period, one.limit(), one.used()));
    }
    return quotas;
  }

  static Axis axis(Counted counted) {
    return switch (counted) {
      case REQUESTS -> Axis.REQUESTS;
      case TOKENS -> Axis.TOKENS;
      case INPUT_TOKENS -> Axis.INPUT_TOKENS;
      case OUTPUT_TOKENS -> Axis.OUTPUT_TOKENS;
    };
  }

  private static Scope scope(Verdict.Reach reach) {
    return switch (reach) {
      case KEY -> Scope.KEY;
      case GROUP -> Scope.GROUP;
      case GROUP_MODEL -> Scope.GROUP_MODEL;
      case PROVIDER_MODEL -> Scope.PROVIDER_MODEL;
    };
  }

  private static Cause cause(Verdict.Kind kind) {
    return switch (kind) {
      case RATE_LIMIT -> Cause.RATE_LIMIT;
      case QUOTA -> Cause.QUOTA;
      case SPEND_LIMIT -> Cause.SPEND_LIMIT;
      case CREDIT -> Cause.CREDIT;
      case OVERLOADED -> Cause.OVERLOADED;
      case FAILING -> Cause.FAILING;
      case MODEL_UNAVAILABLE -> Cause.MODEL_UNAVAILABLE;
      case FORBIDDEN -> Cause.FORBIDDEN;
    };
  }
}
