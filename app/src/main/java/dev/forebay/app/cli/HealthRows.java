package dev.forebay.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebay.app.table.Budget;
import dev.forebay.app.table.KeyRow;
import dev.forebay.app.table.Pill;
import dev.forebay.app.terminal.Figures;
import dev.forebay.app.terminal.Style;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Makes rows of the table out of the API's `KeyHealth`.
final class HealthRows {
  private HealthRows() {}

  /// @param now of the gateway, for countdowns
  static KeyRow of(JsonNode key, Instant now, Style style) {
    return new KeyRow(
        key.path("provider").asText(),
        key.path("name").asText(),
        pill(key, now, style),
        key.path("priority").asInt(),
        key.path("share").asDouble(),
        key.path("inFlight").asInt(),
        Math.round(key.path("tokensPerMinute").asDouble()),
        budget(key),
        millis(key.path("latencyP50")),
        millis(key.path("latencyP95")),
        key.path("throttled").asLong() + key.path("failed").asLong());
  }

  static Pill pill(JsonNode key, Instant now, Style style) {
    JsonNode state = key.path("state");
    String reason = state.path("reason").asText();
    String left = left(state, now);
    return switch (state.path("state").asText()) {
      case "trial" -> Pill.trial(style);
      case "throttled" -> Pill.throttled(style, (left + " " + reason).strip());
      case "over-budget" -> Pill.overBudget(style, left);
      case "rejected" -> Pill.rejected(style, reason);
      case "paused" -> Pill.paused(style);
      default -> open(key, now, style);
    };
  }

  /// A key that is healthy may be cooling for some models.
  private static Pill open(JsonNode key, Instant now, Style style) {
    @Nullable JsonNode longest = null;
    for (JsonNode cooling : key.path("coolings")) {
      if (longest == null
          || cooling.path("until").asText().compareTo(longest.path("until").asText()) > 0) {
        longest = cooling;
      }
    }
    return longest == null
        ? Pill.healthy(style)
        : Pill.throttled(
            style, (left(longest, now) + " " + longest.path("model").asText()).strip());
  }

  private static String left(JsonNode state, Instant now) {
    return state.has("until")
        ? Figures.countdown(Duration.between(now, Instant.parse(state.path("until").asText())))
        : "";
  }

  /// The budget of which more is gone, when there are both.
  static Budget budget(JsonNode key) {
    JsonNode budget = key.path("budget");
    Budget tokens =
        Budget.tokens(
            budget.path("usedTokens").asLong(),
            budget.path("reservedTokens").asLong(),
            budget.has("dailyTokens") ? budget.path("dailyTokens").asLong() : Long.MAX_VALUE);
    if (!budget.has("dailyUsd")) {
      return tokens;
    }
    Budget dollars =
        Budget.dollars(
            nanos(budget.path("usedUsd")),
            nanos(budget.path("reservedUsd")),
            nanos(budget.path("dailyUsd")));
    return !tokens.limited() || dollars.spent() > tokens.spent() ? dollars : tokens;
  }

  private static long nanos(JsonNode dollars) {
    return dollars.decimalValue().multiply(BigDecimal.valueOf(1_000_000_000)).longValue();
  }

  private static Duration millis(JsonNode latency) {
    return Duration.ofNanos(Math.round(latency.asDouble() * 1e6));
  }
}
