package dev.forebay.pool;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// What can be tuned about the pools of one workspace. Immutable.
///
/// @param budgetZone where a budget's day begins and ends
/// @param usageDecay how long recent usage is remembered: after this time 1/e of it is left
/// @param firstCooldown the first wait after a refusal without a hint
/// @param longestCooldown the longest wait after refusals without a hint
/// @param firstFailureCooldown the first wait of a key after a failure
/// @param longestFailureCooldown the longest wait of a key after failures
/// @param breakerFailures failures in a row, on more than one key, that stop a provider's model
/// @param longestOutage the longest such stop before one request tries again
/// @param retryShare retries allowed as a share of requests
/// @param retryFloorPerSecond retries always allowed, per second
/// @param requestFloorTokens what a request weighs at least, so that token-less calls count
/// @param slowDownPeriod how long a limit group that was asked to slow down is held back
/// @param comebackPeriod how long a key that was out for long takes little more than its share
/// @param trialPatience how long an undecided trial of a half-open scope keeps others waiting
/// @param busyRecheck when to ask again for what only others in flight hold
/// @param probeInterval the least time between two probes of a rejected key
/// @param mostModels how many models of a provider are remembered at once
public record PoolSettings(
    ZoneId budgetZone,
    Duration usageDecay,
    Duration firstCooldown,
    Duration longestCooldown,
    Duration firstFailureCooldown,
    Duration longestFailureCooldown,
    int breakerFailures,
    Duration longestOutage,
    double retryShare,
    int retryFloorPerSecond,
    long requestFloorTokens,
    Duration slowDownPeriod,
    Duration comebackPeriod,
    Duration trialPatience,
    Duration busyRecheck,
    Duration probeInterval,
    int mostModels) {

  public PoolSettings {
    requirePositive("usageDecay", usageDecay);
    requirePositive("firstCooldown", firstCooldown);
    requirePositive("longestCooldown", longestCooldown);
    requirePositive("firstFailureCooldown", firstFailureCooldown);
    requirePositive("longestFailureCooldown", longestFailureCooldown);
    requirePositive("longestOutage", longestOutage);
    requirePositive("slowDownPeriod", slowDownPeriod);
    requirePositive("comebackPeriod", comebackPeriod);
    requirePositive("trialPatience", trialPatience);
    requirePositive("busyRecheck", busyRecheck);
    requirePositive("probeInterval", probeInterval);
    requireAtLeast("breakerFailures", breakerFailures, 1);
    requireAtLeast("retryFloorPerSecond", retryFloorPerSecond, 0);
    requireAtLeast("requestFloorTokens", requestFloorTokens, 1);
    requireAtLeast("mostModels", mostModels, 1);
    if (!(retryShare >= 0 && retryShare <= 1)) {
      throw new IllegalArgumentException("retryShare: " + retryShare + " (expected: 0 to 1)");
    }
  }

  /// The defaults, with the budget's day in UTC.
  public static PoolSettings defaults() {
    return new PoolSettings(
        ZoneOffset.UTC,
        Duration.ofSeconds(60),
        Duration.ofSeconds(1),
        Duration.ofMinutes(10),
        Duration.ofMillis(500),
        Duration.ofSeconds(8),
        5,
        Duration.ofMinutes(1),
        0.2,
        10,
        100,
        Duration.ofMinutes(15),
        Duration.ofMinutes(4),
        Duration.ofSeconds(3),
        Duration.ofMillis(100),
        Duration.ofHours(1),
        256);
  }

  public PoolSettings withBudgetZone(ZoneId zone) {
    return new PoolSettings(
        zone,
        usageDecay,
        firstCooldown,
        longestCooldown,
        firstFailureCooldown,
        longestFailureCooldown,
        breakerFailures,
        longestOutage,
        retryShare,
        retryFloorPerSecond,
        requestFloorTokens,
        slowDownPeriod,
        comebackPeriod,
        trialPatience,
        busyRecheck,
        probeInterval,
        mostModels);
  }

  public PoolSettings withCooldown(Duration first, Duration longest) {
    return new PoolSettings(
        budgetZone,
        usageDecay,
        first,
        longest,
        firstFailureCooldown,
        longestFailureCooldown,
        breakerFailures,
        longestOutage,
        retryShare,
        retryFloorPerSecond,
        requestFloorTokens,
        slowDownPeriod,
        comebackPeriod,
        trialPatience,
        busyRecheck,
        probeInterval,
        mostModels);
  }

  public PoolSettings withBreakerFailures(int failures) {
    return new PoolSettings(
        budgetZone,
        usageDecay,
        firstCooldown,
        longestCooldown,
        firstFailureCooldown,
        longestFailureCooldown,
        failures,
        longestOutage,
        retryShare,
        retryFloorPerSecond,
        requestFloorTokens,
        slowDownPeriod,
        comebackPeriod,
        trialPatience,
        busyRecheck,
        probeInterval,
        mostModels);
  }

  public PoolSettings withRetries(double share, int floorPerSecond) {
    return new PoolSettings(
        budgetZone,
        usageDecay,
        firstCooldown,
        longestCooldown,
        firstFailureCooldown,
        longestFailureCooldown,
        breakerFailures,
        longestOutage,
        share,
        floorPerSecond,
        requestFloorTokens,
        slowDownPeriod,
        comebackPeriod,
        trialPatience,
        busyRecheck,
        probeInterval,
        mostModels);
  }

  public PoolSettings withMostModels(int most) {
    return new PoolSettings(
        budgetZone,
        usageDecay,
        firstCooldown,
        longestCooldown,
        firstFailureCooldown,
        longestFailureCooldown,
        breakerFailures,
        longestOutage,
        retryShare,
        retryFloorPerSecond,
        requestFloorTokens,
        slowDownPeriod,
        comebackPeriod,
        trialPatience,
        busyRecheck,
        probeInterval,
        most);
  }

  private static void requirePositive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: above zero)");
    }
  }

  private static void requireAtLeast(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: >= " + least + ")");
    }
  }
}
