package dev.forebay.pool;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One node as it stands now. Immutable.
///
/// @param groupSaidBy [Provenance#CONFIGURATION] for a key that is declared to be in its limit
///   group, [Provenance#PROVIDER] for one that answers put there, [Provenance#ESTIMATED] for a key
///   that is alone as far as we know
/// @param halfOpen its key or group has cooled off and waits for one request to prove it
/// @param coolings the model- and provider-scoped cooldowns that touch this key
/// @param reservedTokens expected tokens of the attempts in flight
/// @param usedToday tokens billed since midnight of the budget's zone
/// @param dailyTokens the daily budget; [Long#MAX_VALUE] for none
/// @param reservedNanoDollars the most that the attempts in flight can cost
/// @param usedTodayNanoDollars what was billed since midnight of the budget's zone costs, as far as
///   prices are known
/// @param dailyNanoDollars the daily budget in money; [Long#MAX_VALUE] for none
/// @param load recent tokens, decayed, plus the reserved ones: what choices are made by
/// @param tokensPerMinute tokens billed lately, per minute
/// @param served attempts that were answered, since the start
/// @param throttled attempts that were refused for now, since the start
/// @param failed attempts that failed or were rejected with the key, since the start
/// @param shareOfTraffic this key's share of its provider's recent attempts, 0 to 1
/// @param latencyP50 recent median to first content; zero when nothing is known
/// @param latencyP95 recent 95th percentile to first content; zero when nothing is known
/// @param lastError the reason of the last refusal or failure
public record KeyView(
    String id,
    String name,
    String provider,
    String limitGroup,
    Provenance groupSaidBy,
    int priority,
    Status status,
    boolean halfOpen,
    List<ScopedCooling> coolings,
    int inFlight,
    long reservedTokens,
    long usedToday,
    long dailyTokens,
    long reservedNanoDollars,
    long usedTodayNanoDollars,
    long dailyNanoDollars,
    double load,
    double tokensPerMinute,
    long served,
    long throttled,
    long failed,
    double shareOfTraffic,
    Duration latencyP50,
    Duration latencyP95,
    @Nullable String lastError,
    List<Headroom> headroom) {

  /// What a limit group is called, without what tells learned names from declared ones.
  public static String groupName(String limitGroup) {
    return limitGroup.startsWith(Identity.LEARNED)
        ? limitGroup.substring(Identity.LEARNED.length())
        : limitGroup;
  }
}
