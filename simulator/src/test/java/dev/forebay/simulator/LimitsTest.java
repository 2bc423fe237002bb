package dev.forebay.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {

  /// 22:30 of the day before in Los Angeles.
  private static final Instant START = Instant.parse("2026-11-23T06:30:00Z");

  private final ManualClock clock = new ManualClock(START);
  private Simulator simulator = Simulator.start(SimulatorSpec.of(), 0, clock);
  private Http http = new Http(simulator);

  private void start(SimulatedOrganization... organizations) {
    simulator.close();
    simulator = Simulator.start(SimulatorSpec.of(organizations), 0, clock);
    http = new Http(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private HttpResponse<byte[]> chat(String secret) {
    return http.openai(secret, "/v1/chat/completions", Http.CHAT);
  }

  private HttpResponse<byte[]> message(String secret) {
    return http.anthropic(secret, "/v1/messages", Http.MESSAGE);
  }

  private HttpResponse<byte[]> generate(String secret) {
    return http.gemini(secret, Http.GENERATE, Http.CONTENTS);
  }

  @Test
  void openAiCountsRequestsDownAndRefillsContinuously() {
    start(SimulatedOrganization.openai("acme", "sk-1").withLimits(Limits.requestsPerMinute(2)));

    HttpResponse<byte[]> first = chat("sk-1");
    assertThat(Http.header(first, "x-ratelimit-limit-requests")).isEqualTo("2");
    assertThat(Http.header(first, "x-ratelimit-remaining-requests")).isEqualTo("1");
    assertThat(Http.header(first, "x-ratelimit-reset-requests")).isEqualTo("30s");
    assertThat(Http.header(first, "openai-organization")).isEqualTo("acme");
    assertThat(Http.header(first, "openai-project")).isEqualTo("proj_default_acme");
    assertThat(chat("sk-1").statusCode()).isEqualTo(200);

    HttpResponse<byte[]> refused = chat("sk-1");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(Http.json(refused).path("error").path("code").asText())
        .isEqualTo("rate_limit_exceeded");
    assertThat(Http.json(refused).path("error").path("type").asText()).isEqualTo("requests");
    assertThat(Http.header(refused, "retry-after-ms")).isEqualTo("30000");
    assertThat(Http.header(refused, "x-ratelimit-remaining-requests")).isEqualTo("0");

    clock.advance(Duration.ofMillis(29_999));
    assertThat(chat("sk-1").statusCode()).isEqualTo(429);
    clock.advance(Duration.ofMillis(1));
    assertThat(chat("sk-1").statusCode()).isEqualTo(200);
  }

  @Test
  void openAiAdmitsByTheLargerOfOutputCapAndInput() {
    start(SimulatedOrganization.openai("acme", "sk-1").withLimits(Limits.tokensPerMinute(1000)));
    String capped =
        """
        {"model":"gpt-6-sol","max_completion_tokens":600,\
        "messages":[{"role":"user","content":"hello"}]}\
        """;
    String tooLarge = capped.replace("600", "1001");

    HttpResponse<byte[]> first = http.openai("sk-1", "/v1/chat/completions", capped);
    assertThat(Http.header(first, "x-ratelimit-remaining-tokens")).isEqualTo("400");
    HttpResponse<byte[]> second = http.openai("sk-1", "/v1/chat/completions", capped);
    assertThat(second.statusCode()).isEqualTo(429);
    assertThat(Http.json(second).path("error").path("type").asText()).isEqualTo("tokens");
    assertThat(Http.header(second, "retry-after")).isEqualTo("12");
    HttpResponse<byte[]> never = http.openai("sk-1", "/v1/chat/completions", tooLarge);
    assertThat(Http.text(never)).contains("Request too large for gpt-6-sol");
  }

  @Test
  void keysOfOneOrganisationShareAndModelGroupsDoNot() {
    start(
        SimulatedOrganization.openai("acme", "sk-1", "sk-2")
            .withLimits(Limits.requestsPerMinute(1)));

    assertThat(chat("sk-1").statusCode()).isEqualTo(200);
    assertThat(chat("sk-2").statusCode()).isEqualTo(429);
    String other = Http.CHAT.replace("gpt-6-sol", "gpt-6-luna");
    assertThat(http.openai("sk-2", "/v1/chat/completions", other).statusCode()).isEqualTo(200);
  }

  @Test
  void aKeyMayHaveLimitsOfItsOwn() {
    start(
        SimulatedOrganization.openai("acme")
            .withLimits(Limits.requestsPerMinute(100))
            .withKeys(
                SimulatedKey.of("sk-1").withLimits(Limits.requestsPerMinute(1)),
                SimulatedKey.of("sk-2")));

    assertThat(chat("sk-1").statusCode()).isEqualTo(200);
    assertThat(chat("sk-1").statusCode()).isEqualTo(429);
    assertThat(chat("sk-2").statusCode()).isEqualTo(200);
  }

  @Test
  void modelsMayHaveLimitsOfTheirOwn() {
    start(
        SimulatedOrganization.openai("acme", "sk-1")
            .withModelLimits(Map.of("gpt-6*", Limits.requestsPerMinute(1))));
    String mini = Http.CHAT.replace("gpt-6-sol", "gpt-4o-mini");

    assertThat(chat("sk-1").statusCode()).isEqualTo(200);
    assertThat(chat("sk-1").statusCode()).isEqualTo(429);
    for (int i = 0; i < 3; i++) {
      assertThat(http.openai("sk-1", "/v1/chat/completions", mini).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void anthropicTellsResetsAsTimesAndItsIdentity() {
    start(
        SimulatedOrganization.anthropic("org-a", "sk-ant-1")
            .withLimits(
                Limits.requestsPerMinute(4)
                    .withInputTokensPerMinute(20_000)
                    .withOutputTokensPerMinute(8_000)));

    HttpResponse<byte[]> response = message("sk-ant-1");

    assertThat(Http.header(response, "anthropic-organization-id")).isEqualTo("org-a");
    assertThat(Http.header(response, "anthropic-workspace-id")).isEqualTo("wrkspc_default_org-a");
    assertThat(Http.header(response, "request-id")).startsWith("req_011C");
    assertThat(Http.header(response, "anthropic-ratelimit-requests-remaining")).isEqualTo("3");
    assertThat(Http.header(response, "anthropic-ratelimit-requests-reset"))
        .isEqualTo("2026-11-23T06:30:15Z");
    assertThat(Http.header(response, "anthropic-ratelimit-input-tokens-remaining"))
        .isEqualTo("20000");
    assertThat(Http.header(response, "anthropic-ratelimit-tokens-limit")).isEqualTo("28000");
  }

  @Test
  void anthropicRefusesWithRetryAfterOnceOutputIsUsedUp() {
    start(
        SimulatedOrganization.anthropic("org-a", "sk-ant-1")
            .withLimits(Limits.NONE.withOutputTokensPerMinute(60)));

    assertThat(message("sk-ant-1").statusCode()).isEqualTo(200);
    assertThat(message("sk-ant-1").statusCode()).isEqualTo(200);
    HttpResponse<byte[]> refused = message("sk-ant-1");

    // Two answers of 48 tokens leave a debt of 36, and one token must be there.
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(Http.header(refused, "retry-after")).isEqualTo("37");
    assertThat(Http.text(refused)).contains("60 output tokens per minute");
    clock.advance(Duration.ofSeconds(37));
    assertThat(message("sk-ant-1").statusCode()).isEqualTo(200);
  }

  @Test
  void anthropicDoesNotCountCacheReadsAsInput() {
    start(
        SimulatedOrganization.anthropic("org-a", "sk-ant-1")
            .withLimits(Limits.NONE.withInputTokensPerMinute(5_000)));
    String body =
        """
        {"model":"claude-opus-5-5","max_tokens":10,"system":[{"type":"text","text":"%s",\
        "cache_control":{"type":"ephemeral"}}],"messages":[{"role":"user","content":"hello"}]}\
        """
            .formatted("water ".repeat(2_000));

    for (int i = 0; i < 5; i++) {
      HttpResponse<byte[]> response = http.anthropic("sk-ant-1", "/v1/messages", body);
      assertThat(response.statusCode()).isEqualTo(200);
      JsonNode usage = Http.json(response).path("usage");
      assertThat(usage.path("input_tokens").asInt()).isEqualTo(2);
      assertThat(usage.path("cache_creation_input_tokens").asInt()).isEqualTo(i == 0 ? 3000 : 0);
      assertThat(usage.path("cache_read_input_tokens").asInt()).isEqualTo(i == 0 ? 0 : 3000);
    }
  }

  @Test
  void geminiNamesTheQuotaAndResetsDaysAtMidnightInCalifornia() {
    start(
        SimulatedOrganization.gemini("4711", "AQ.1")
            .withFreeTier(true)
            .withLimits(Limits.requestsPerDay(1)));

    assertThat(generate("AQ.1").statusCode()).isEqualTo(200);
    HttpResponse<byte[]> refused = generate("AQ.1");
    assertThat(refused.statusCode()).isEqualTo(429);
    JsonNode details = Http.json(refused).path("error").path("details");
    JsonNode violation = details.get(0).path("violations").get(0);
    assertThat(violation.path("quotaId").asText())
        .isEqualTo("GenerateRequestsPerDayPerProjectPerModel-FreeTier");
    assertThat(violation.path("quotaValue").asText()).isEqualTo("1");
    // The hint is a trap: seconds, though the quota is gone for the day.
    assertThat(details.get(2).path("retryDelay").asText()).isEqualTo("60s");

    clock.advance(Duration.ofMinutes(89));
    assertThat(generate("AQ.1").statusCode()).isEqualTo(429);
    clock.advance(Duration.ofMinutes(1));
    assertThat(generate("AQ.1").statusCode()).isEqualTo(200);
  }

  @Test
  void geminiTellsWhenAMinuteLimitHasRoomAgain() {
    start(SimulatedOrganization.gemini("4711", "AQ.1").withLimits(Limits.requestsPerMinute(2)));

    generate("AQ.1");
    generate("AQ.1");
    HttpResponse<byte[]> refused = generate("AQ.1");

    JsonNode details = Http.json(refused).path("error").path("details");
    assertThat(details.get(0).path("violations").get(0).path("quotaId").asText())
        .isEqualTo("GenerateRequestsPerMinutePerProjectPerModel");
    assertThat(details.get(2).path("retryDelay").asText()).isEqualTo("30s");
  }

  @Test
  void dailyTokensOfOpenAiStartAnewAtMidnightUtc() {
    start(SimulatedOrganization.openai("acme", "sk-1").withLimits(Limits.tokensPerDay(3)));

    assertThat(chat("sk-1").statusCode()).isEqualTo(200);
    HttpResponse<byte[]> refused = chat("sk-1");
    assertThat(Http.text(refused)).contains("tokens per day (TPD)");
    assertThat(Http.header(refused, "x-ratelimit-reset-tokens")).isEqualTo("17h30m0s");
    clock.advance(Duration.ofMinutes(17 * 60 + 30));
    assertThat(chat("sk-1").statusCode()).isEqualTo(200);
  }

  @Test
  void anAccountInBadStandingRefusesEverything() {
    start(
        SimulatedOrganization.openai("acme", "sk-1")
            .withStanding(Fault.rateLimited(RateLimitKind.OPENAI_INSUFFICIENT_QUOTA)));

    assertThat(chat("sk-1").statusCode()).isEqualTo(429);
    assertThat(http.get("/v1/models", Map.of("authorization", "Bearer sk-1")).statusCode())
        .isEqualTo(429);
    assertThat(simulator.usage("sk-1").refusals()).containsEntry(429, 2L);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "120000000, 120ms",
    "1000000000, 1s",
    "7660000000, 7.66s",
    "360000000000, 6m0s",
    "86116126000000, 23h55m16.126s"
  })
  void durationsArePrintedAsGoDoes(long nanos, String text) {
    assertThat(OpenAiLimits.goDuration(nanos)).isEqualTo(text);
  }
}
