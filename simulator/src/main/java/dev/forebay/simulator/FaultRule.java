package dev.forebay.simulator;

/// A standing fault: it strikes matching requests with this probability until it is cleared.
public record FaultRule(KeyMatcher match, Fault fault, double probability) {

  public FaultRule {
    if (!(probability > 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "probability: " + probability + " (expected: more than 0, at most 1)");
    }
    requireApplicable(match, fault);
  }

  public FaultRule(KeyMatcher match, Fault fault) {
    this(match, fault, 1);
  }

  /// Refuses a fault that speaks another provider's language than the matched keys.
  static void requireApplicable(KeyMatcher match, Fault fault) {
    String provider = match.provider();
    if (provider == null) {
      return;
    }
    Provider wanted =
        switch (fault) {
          case Fault.RateLimited limited -> limited.kind().provider();
          case Fault.Refused refused -> refused.refusal().provider();
          case Fault.Together together -> {
            together.faults().forEach(one -> requireApplicable(match, one));
            yield Provider.of(provider);
          }
          default -> Provider.of(provider);
        };
    if (wanted != Provider.of(provider)) {
      throw new IllegalArgumentException(
          "fault: %s for a key of %s (expected: a fault of %s)"
              .formatted(fault, provider, provider));
    }
  }
}
