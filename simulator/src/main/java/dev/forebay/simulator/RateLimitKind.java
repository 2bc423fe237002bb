package dev.forebay.simulator;

/// The ways in which the providers say 429.
public enum RateLimitKind {
  /// `rate_limit_error` with `retry-after` and the headers of an exhausted bucket.
  ANTHROPIC_RATE_LIMIT(Provider.ANTHROPIC),
  /// `enforced_spend_limit_reached`, without `retry-after`.
  ANTHROPIC_ENFORCED_SPEND_LIMIT(Provider.ANTHROPIC),
  /// `contract_spend_limit_reached`, without `retry-after`.
  ANTHROPIC_CONTRACT_SPEND_LIMIT(Provider.ANTHROPIC),
  /// `ramp_limit_exceeded`, with `retry-after`.
  ANTHROPIC_RAMP_LIMIT(Provider.ANTHROPIC),
  /// No rate-limit headers, no `retry-after`, `x-should-retry: true`: not a refusal of quota.
  ANTHROPIC_UNEXPLAINED(Provider.ANTHROPIC),
  /// `rate_limit_exceeded` of type `requests`.
  OPENAI_REQUESTS(Provider.OPENAI),
  /// `rate_limit_exceeded` of type `tokens`.
  OPENAI_TOKENS(Provider.OPENAI),
  /// `rate_limit_exceeded` of a per-day limit: the reset headers say hours.
  OPENAI_REQUESTS_PER_DAY(Provider.OPENAI),
  /// `insufficient_quota`.
  OPENAI_INSUFFICIENT_QUOTA(Provider.OPENAI),
  /// `billing_hard_limit_reached`.
  OPENAI_BILLING_HARD_LIMIT(Provider.OPENAI),
  /// A per-day quota, with the misleading `retryDelay` of some seconds.
  GEMINI_PER_DAY(Provider.GEMINI),
  /// A per-minute quota of requests.
  GEMINI_PER_MINUTE(Provider.GEMINI),
  /// A per-minute quota of input tokens.
  GEMINI_TOKENS_PER_MINUTE(Provider.GEMINI),
  /// `limit: 0`: the model is not on offer for this tier.
  GEMINI_LIMIT_ZERO(Provider.GEMINI),
  /// Prepaid credits are used up.
  GEMINI_PREPAY_DEPLETED(Provider.GEMINI),
  /// The monthly spending cap is reached.
  GEMINI_SPENDING_CAP(Provider.GEMINI),
  /// `RESOURCE_EXHAUSTED` and nothing else.
  GEMINI_NO_DETAILS(Provider.GEMINI);

  private final Provider provider;

  RateLimitKind(Provider provider) {
    this.provider = provider;
  }

  Provider provider() {
    return provider;
  }
}
