package dev.forebay.telemetry;

import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Usage;
import dev.forebay.exchange.AttemptReport;
import dev.forebay.exchange.Detour;
import dev.forebay.exchange.ExchangeReport;
import dev.forebay.exchange.ExchangeReport.End;
import dev.forebay.pool.Cause;
import dev.forebay.pool.Cooldown;
import dev.forebay.pool.Draw;
import dev.forebay.pool.Outcome;
import dev.forebay.pool.Provenance;
import dev.forebay.pool.Scope;
import dev.forebay.prices.Cost;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reports as the exchange makes them, built by what matters to a test.
public final class Reports {

  public static final Instant START = Instant.parse("2026-11-23T01:02:03.004005006Z");
  public static final Usage USAGE = new Usage(10, 20, 30, 5, 40, 7, 2, 0, 0, 0, 0, false);

  public static final Cost COST = new Cost(1_234_567);
  public static final String PRICES = "2026-11-25";

  private Reports() {}

  public static AttemptReport served(String keyId) {
    return attempt(1, keyId, 200, new Outcome.Served(Duration.ofMillis(12)));
  }

  public static AttemptReport throttled(String keyId) {
    Cooldown cooldown =
        new Cooldown(Duration.ofSeconds(3), Duration.ofMinutes(10), Provenance.PROVIDER);
    Outcome outcome =
        new Outcome.Throttled(Scope.GROUP_MODEL, cooldown, Cause.RATE_LIMIT, "slow \"down\"");
    return attempt(1, keyId, 429, outcome);
  }

  public static AttemptReport attempt(int number, String keyId, int status, Outcome outcome) {
    return new AttemptReport(
        "req-1",
        number,
        "openai",
        "gpt-6",
        keyId,
        keyId + "-name",
        new Draw(5, 64, keyId, 1.5, "other", 2.25),
        false,
        0,
        12_000_000,
        34_500_000,
        status,
        outcome,
        false);
  }

  public static ExchangeReport completed(AttemptReport... attempts) {
    return report("gpt-6", End.COMPLETED, USAGE, attempts);
  }

  public static ExchangeReport report(
      String model, End end, Usage usage, AttemptReport... attempts) {
    return report(START, model, end, usage, null, attempts);
  }

  public static ExchangeReport refused(String reason) {
    return refused(reason, List.of());
  }

  /// Nobody of a route served.
  public static ExchangeReport after(Detour... detours) {
    return refused("nobody", List.of(detours));
  }

  private static ExchangeReport refused(String reason, List<Detour> detours) {
    return new ExchangeReport(
        "req-2",
        "default",
        null,
        null,
        Operation.CHAT_COMPLETIONS,
        "gpt-6",
        "gpt-6",
        null,
        null,
        null,
        429,
        false,
        START,
        1_000_000,
        -1,
        100,
        50,
        Usage.NONE,
        Cost.ZERO,
        PRICES,
        List.of(),
        detours,
        List.of(),
        End.REFUSED,
        reason);
  }

  /// An answer whose cost nobody knows.
  public static ExchangeReport unpriced(String model) {
    return report(START, model, End.COMPLETED, USAGE, (Cost) null, null);
  }

  public static ExchangeReport report(
      Instant start,
      String model,
      End end,
      Usage usage,
      @Nullable String reason,
      AttemptReport... attempts) {
    return report(start, model, end, usage, COST, reason, attempts);
  }

  private static ExchangeReport report(
      Instant start,
      String model,
      End end,
      Usage usage,
      @Nullable Cost cost,
      @Nullable String reason,
      AttemptReport... attempts) {
    return new ExchangeReport(
        "req-1",
        "default",
        "client-id",
        "laptop",
        Operation.CHAT_COMPLETIONS,
        "alias",
        model,
        "openai",
        "key-1",
        "team-a",
        200,
        true,
        start,
        456_789_000,
        123_456_000,
        2048,
        4096,
        usage,
        cost,
        PRICES,
        List.of(attempts),
        List.of(),
        List.of(),
        end,
        reason);
  }
}
