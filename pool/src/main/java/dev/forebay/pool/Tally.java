package dev.forebay.pool;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.StringJoiner;

/// Why nothing can be taken: every key of the pool counted once, under the reason that keeps it
/// away longest.
///
/// @param keys all keys considered: those of the provider, or of the one group asked for
/// @param tried used up by this exchange
/// @param throttled cooling after a refusal, or out of the provider's own limits
/// @param overBudget nothing of today's budget is left, or too little for this request
/// @param rejected refused by the provider
/// @param paused switched off
/// @param failing cooling after failures, or held back because the provider's model fails
/// @param missingModel the provider says the model does not exist or is not allowed
/// @param notAllowed the key's own list of models leaves this one out
/// @param busy only others in flight, or the pace asked for, stand in the way
/// @param ready nothing stands in the way
/// @param nextAt the earliest instant at which some key may serve; empty when none will by itself
/// @param at when this was counted
public record Tally(
    int keys,
    int tried,
    int throttled,
    int overBudget,
    int rejected,
    int paused,
    int failing,
    int missingModel,
    int notAllowed,
    int busy,
    int ready,
    Optional<Instant> nextAt,
    Instant at) {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  /// One line for people: `5 keys: 3 throttled, 2 over budget; next at 14:03:20`.
  public String describe(ZoneId zone) {
    StringJoiner parts = new StringJoiner(", ");
    add(parts, ready, "ready");
    add(parts, throttled, "throttled");
    add(parts, overBudget, "over budget");
    add(parts, failing, "failing");
    add(parts, busy, "busy");
    add(parts, rejected, "rejected");
    add(parts, paused, "paused");
    add(parts, missingModel, "without this model");
    add(parts, notAllowed, "not allowed this model");
    add(parts, tried, "already tried");
    String counted = keys == 1 ? "1 key" : keys + " keys";
    String reasons = parts.length() == 0 ? counted : counted + ": " + parts;
    return nextAt.map(next -> reasons + "; next at " + clock(next, zone)).orElse(reasons);
  }

  private String clock(Instant next, ZoneId zone) {
    // Rounded up: whoever comes back at the time shown must not be early.
    Instant whole = next.truncatedTo(ChronoUnit.SECONDS);
    ZonedDateTime shown = (whole.isBefore(next) ? whole.plusSeconds(1) : whole).atZone(zone);
    LocalDate today = at.atZone(zone).toLocalDate();
    return shown.format(shown.toLocalDate().equals(today) ? TIME : DATE_TIME);
  }

  private static void add(StringJoiner parts, int count, String what) {
    if (count > 0) {
      parts.add(count + " " + what);
    }
  }
}
