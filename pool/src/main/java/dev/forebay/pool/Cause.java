package dev.forebay.pool;

/// Why a scope cools.
public enum Cause {
  /// Requests or tokens per minute.
  RATE_LIMIT,
  /// A longer quota: per day, per month.
  QUOTA,
  /// A spending cap set at the provider.
  SPEND_LIMIT,
  /// Prepaid credit or the billing behind it is gone.
  CREDIT,
  /// The provider has no capacity for this model.
  OVERLOADED,
  /// Errors, resets and timeouts.
  FAILING,
  /// The provider does not know the model, or does not offer it to this account.
  MODEL_UNAVAILABLE,
  /// The key may not do this.
  FORBIDDEN,
  /// The credential itself.
  CREDENTIAL
}
