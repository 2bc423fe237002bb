package dev.forebay.simulator;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One request's faults, sorted by what they act on: the decision, the answer's end, its transport.
///
/// @param refusal what is answered instead, or null
/// @param ending how the answer breaks, or null
/// @param delay silence before the headers
/// @param chunkBytes size of HTTP chunks; 0 leaves them as they come
/// @param dripInterval pause between chunks; zero for none
record FaultPlan(
    @Nullable Fault refusal,
    @Nullable Fault ending,
    Duration delay,
    int chunkBytes,
    Duration dripInterval,
    boolean gzip) {

  static final FaultPlan NONE = new FaultPlan(null, null, Duration.ZERO, 0, Duration.ZERO, false);

  static FaultPlan of(Fault fault) {
    return fault instanceof Fault.Together(List<Fault> faults) ? of(faults) : NONE.with(fault);
  }

  static FaultPlan of(List<Fault> faults) {
    FaultPlan plan = NONE;
    for (Fault fault : faults) {
      plan = plan.with(fault);
    }
    return plan;
  }

  private FaultPlan with(Fault fault) {
    return switch (fault) {
      case Fault.Healthy _ -> this;
      case Fault.Status _,
          Fault.RateLimited _,
          Fault.Refused _,
          Fault.Unauthorized _,
          Fault.Forbidden _,
          Fault.ServerError _,
          Fault.Overloaded _,
          Fault.SlowDown _ ->
          new FaultPlan(onlyOne(fault), ending, delay, chunkBytes, dripInterval, gzip);
      case Fault.ResetBeforeHeaders _,
          Fault.ResetMidStream _,
          Fault.CloseCleanlyMidStream _,
          Fault.ErrorInsideStream _,
          Fault.Stall _,
          Fault.MalformedJson _ ->
          new FaultPlan(refusal, onlyOne(fault), delay, chunkBytes, dripInterval, gzip);
      case Fault.Delay(Duration duration) ->
          new FaultPlan(refusal, ending, duration, chunkBytes, dripInterval, gzip);
      case Fault.CutAt(int bytes) ->
          new FaultPlan(refusal, ending, delay, bytes, dripInterval, gzip);
      case Fault.SlowDrip(int bytes, Duration interval) ->
          new FaultPlan(refusal, ending, delay, bytes, interval, gzip);
      case Fault.Gzip _ -> new FaultPlan(refusal, ending, delay, chunkBytes, dripInterval, true);
      case Fault.Together _ ->
          throw new IllegalArgumentException(
              "faults: Together inside Together (expected: a flat list)");
    };
  }

  private Fault onlyOne(Fault fault) {
    if (refusal != null || ending != null) {
      throw new IllegalArgumentException(
          "faults: %s and %s (expected: one refusal or one broken end, with any transport faults)"
              .formatted(refusal != null ? refusal : ending, fault));
    }
    return fault;
  }

  /// Whether bytes travel otherwise than the answer would by itself.
  boolean disturbs() {
    return ending != null || chunkBytes > 0 || gzip;
  }
}
