package dev.forebay.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebay.dialect.Provider;
import dev.forebay.dialect.Usage;
import dev.forebay.exchange.AttemptReport;
import dev.forebay.exchange.Detour;
import dev.forebay.exchange.ExchangeReport;
import dev.forebay.exchange.ExchangeReport.End;
import dev.forebay.exchange.Target;
import dev.forebay.pool.Draw;
import dev.forebay.pool.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AccessLineTest {

  private final AccessLine line = new AccessLine();

  @Test
  void tellsWhatWasAskedWhatWasDecidedAndWhy() {
    ExchangeReport report = Reports.completed(Reports.throttled("key-2"), Reports.served("key-1"));

    assertThat(write(report))
        .isEqualTo(
            """
            {"time":"2026-11-23T01:02:03.004Z","id":"req-1","workspace":"default","client":"laptop",\
            "operation":"chat_completions","model":"alias","served":"gpt-6","provider":"openai",\
            "key":"team-a","status":200,"stream":true,"end":"completed","firstContentMs":123.456,\
            "durationMs":456.789,"requestBytes":2048,"responseBytes":4096,\
            "tokens":{"inFresh":12,"inCacheRead":20,"inCacheWrite":35,"outVisible":40,"outReasoning":7},\
            "costUsd":0.001234567,"attempts":[\
            {"key":"key-2-name","provider":"openai","status":429,"outcome":"throttled",\
            "cause":"rate_limit","scope":"group_model","reason":"slow \\"down\\"","latencyMs":12.000,\
            "durationMs":34.500,"draw":{"tier":5,"ready":64,"load":1.500,"other":"other","otherLoad":2.250}},\
            {"key":"key-1-name","provider":"openai","status":200,"outcome":"served",\
            "latencyMs":12.000,"durationMs":34.500,\
            "draw":{"tier":5,"ready":64,"load":1.500,"other":"other","otherLoad":2.250}}]}
            """);
  }

  @Test
  void namesTheTargetsThatDidNotServe() {
    ExchangeReport report =
        Reports.after(
            new Detour(new Target(Provider.ANTHROPIC, "claude-opus-5-5"), "1 key: 1 throttled"),
            new Detour(new Target(Provider.GEMINI, "gemini-3.8-flash"), "too small"));

    assertThat(write(report))
        .endsWith(
            """
            "attempts":[],"detours":[\
            {"target":"anthropic/claude-opus-5-5","reason":"1 key: 1 throttled"},\
            {"target":"gemini/gemini-3.8-flash","reason":"too small"}]}
            """);
  }

  @Test
  void leavesOutWhatDidNotHappen() {
    assertThat(write(Reports.refused("5 keys: 5 throttled; next at 14:03:20")))
        .isEqualTo(
            """
            {"time":"2026-11-23T01:02:03.004Z","id":"req-2","workspace":"default",\
            "operation":"chat_completions","model":"gpt-6","status":429,"stream":false,\
            "end":"refused","reason":"5 keys: 5 throttled; next at 14:03:20","durationMs":1.000,\
            "requestBytes":100,"responseBytes":50,"attempts":[]}
            """);
  }

  @Test
  void marksEstimatesAndTrials() throws IOException {
    Usage estimated = new Usage(1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, true);
    AttemptReport attempt = Reports.served("key-1");
    AttemptReport trial =
        new AttemptReport(
            "req-1",
            1,
            "openai",
            "gpt-6",
            "key-1",
            "alone",
            new Draw(3, 1, "key-1", Double.NaN, null, 0),
            true,
            0,
            -1,
            attempt.durationNanos(),
            0,
            new Outcome.Abandoned(Duration.ofSeconds(1)),
            false);

    JsonNode read = read(Reports.report("gpt-6", End.CLIENT_LEFT, estimated, trial));

    assertThat(read.at("/tokens/estimated").booleanValue()).isTrue();
    JsonNode written = read.at("/attempts/0");
    assertThat(written.at("/trial").booleanValue()).isTrue();
    assertThat(written.at("/outcome").textValue()).isEqualTo("abandoned");
    assertThat(written.has("latencyMs")).isFalse();
    assertThat(written.at("/draw").has("other")).isFalse();
    assertThat(written.at("/draw/load").isNull()).isTrue();
  }

  static Stream<Outcome> outcomes() {
    return Stream.of(
        new Outcome.Served(Duration.ZERO),
        new Outcome.SlowDown("why"),
        new Outcome.Failed("why"),
        new Outcome.KeyRejected("why"),
        new Outcome.RequestRejected(400),
        new Outcome.Abandoned(Duration.ZERO));
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void everyOutcomeHasItsName(Outcome outcome) throws IOException {
    JsonNode read = read(Reports.completed(Reports.attempt(1, "key-1", 500, outcome)));

    String expected =
        outcome
            .getClass()
            .getSimpleName()
            .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
            .toLowerCase(Locale.ROOT);
    assertThat(read.at("/attempts/0/outcome").textValue()).isEqualTo(expected);
  }

  @Test
  void theClockMovesOn() throws IOException {
    for (String time :
        new String[] {
          "2026-12-31T23:59:59.999Z", "2027-01-01T00:00:00.000Z", "2026-12-31T23:59:59.998Z"
        }) {
      JsonNode read =
          read(Reports.report(Instant.parse(time), "gpt-6", End.COMPLETED, Usage.NONE, null));
      assertThat(read.at("/time").textValue()).isEqualTo(time);
    }
  }

  @Test
  void aHostileModelNameStaysInItsString() throws IOException {
    JsonNode read = read(Reports.report("x\"}\n{\"id\":\"forged", End.REFUSED, Usage.NONE));

    assertThat(read.at("/served").textValue()).isEqualTo("x\"}\n{\"id\":\"forged");
    assertThat(read.at("/id").textValue()).isEqualTo("req-1");
  }

  private JsonNode read(ExchangeReport report) throws IOException {
    String written = write(report);
    assertThat(written).endsWith("\n");
    assertThat(written.strip()).doesNotContain("\n");
    return new ObjectMapper().readTree(written);
  }

  private String write(ExchangeReport report) {
    JsonText text = new JsonText(16);
    line.write(text, report);
    return new String(text.bytes(), 0, text.length(), StandardCharsets.UTF_8);
  }
}
