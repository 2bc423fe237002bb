package dev.forebay.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CacheTest {

  private static final String LONG = "water ".repeat(3_000);

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-23T09:00:00Z"));
  private Simulator simulator;
  private Http http;

  @BeforeEach
  void start() {
    simulator =
        Simulator.start(
            SimulatorSpec.of(
                SimulatedOrganization.anthropic("org-a")
                    .withKeys(
                        SimulatedKey.of("sk-ant-1"),
                        SimulatedKey.of("sk-ant-2"),
                        SimulatedKey.of("sk-ant-3").withSection("wrkspc_other")),
                SimulatedOrganization.anthropic("org-b", "sk-ant-4"),
                SimulatedOrganization.openai("acme", "sk-1"),
                SimulatedOrganization.gemini("4711", "AQ.1")),
            0,
            clock);
    http = new Http(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private JsonNode anthropic(String secret, String ttl, String question) {
    String body =
        """
        {"model":"claude-opus-5-5","max_tokens":10,"system":[{"type":"text","text":"%s",\
        "cache_control":{"type":"ephemeral","ttl":"%s"}}],\
        "messages":[{"role":"user","content":"%s"}]}\
        """
            .formatted(LONG, ttl, question);
    return Http.json(http.anthropic(secret, "/v1/messages", body)).path("usage");
  }

  private static long read(JsonNode usage) {
    return usage.path("cache_read_input_tokens").asLong();
  }

  @Test
  void anthropicSharesAPrefixWithinAWorkspaceOnly() {
    assertThat(read(anthropic("sk-ant-1", "5m", "one"))).isZero();
    assertThat(read(anthropic("sk-ant-2", "5m", "two"))).isEqualTo(4500);
    assertThat(read(anthropic("sk-ant-3", "5m", "two"))).isZero();
    assertThat(read(anthropic("sk-ant-4", "5m", "two"))).isZero();
  }

  @Test
  void anthropicForgetsAfterTheTimeAskedForAndUseRenewsIt() {
    anthropic("sk-ant-1", "5m", "one");
    clock.advance(Duration.ofMinutes(4));
    assertThat(read(anthropic("sk-ant-1", "5m", "two"))).isPositive();
    clock.advance(Duration.ofMinutes(4));
    assertThat(read(anthropic("sk-ant-1", "5m", "three"))).isPositive();
    clock.advance(Duration.ofMinutes(5));
    JsonNode usage = anthropic("sk-ant-1", "1h", "four");
    assertThat(read(usage)).isZero();
    assertThat(usage.path("cache_creation").path("ephemeral_1h_input_tokens").asLong())
        .isEqualTo(4500);
    clock.advance(Duration.ofMinutes(59));
    assertThat(read(anthropic("sk-ant-1", "1h", "five"))).isPositive();
  }

  @Test
  void anthropicCountsACachedConversationOnlyFromItsBreakpoint() {
    String turn =
        """
        {"model":"claude-opus-5-5","max_tokens":10,"messages":[\
        {"role":"user","content":[{"type":"text","text":"%s"%s}]}%s]}\
        """;
    String mark = ",\"cache_control\":{\"type\":\"ephemeral\"}";
    String more =
        ",{\"role\":\"assistant\",\"content\":\"fine\"},"
            + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"next\""
            + mark
            + "}]}";

    http.anthropic("sk-ant-1", "/v1/messages", turn.formatted(LONG, mark, ""));
    JsonNode usage =
        Http.json(http.anthropic("sk-ant-1", "/v1/messages", turn.formatted(LONG, "", more)))
            .path("usage");

    assertThat(read(usage)).isEqualTo(4500);
    assertThat(usage.path("cache_creation_input_tokens").asLong()).isEqualTo(2);
    assertThat(usage.path("input_tokens").asLong()).isZero();
  }

  private JsonNode openai(String cacheKey) {
    String body =
        """
        {"model":"gpt-6-sol","prompt_cache_key":"%s","messages":[\
        {"role":"system","content":"%s"},{"role":"user","content":"hello"}]}\
        """
            .formatted(cacheKey, LONG);
    return Http.json(http.openai("sk-1", "/v1/chat/completions", body))
        .path("usage")
        .path("prompt_tokens_details");
  }

  @Test
  void openAiCachesByItselfInStepsOf128AndByKey() {
    JsonNode first = openai("a");
    assertThat(first.path("cached_tokens").asLong()).isZero();
    assertThat(first.path("cache_write_tokens").asLong()).isEqualTo(4502);
    JsonNode second = openai("a");
    assertThat(second.path("cached_tokens").asLong()).isEqualTo(4480);
    assertThat(second.path("cache_write_tokens").asLong()).isZero();
    assertThat(openai("b").path("cached_tokens").asLong()).isZero();
    clock.advance(Duration.ofMinutes(30));
    assertThat(openai("a").path("cached_tokens").asLong()).isZero();
  }

  @Test
  void geminiCachesByItself() {
    String body = Http.CONTENTS.replace("hello", LONG);

    JsonNode first = Http.json(http.gemini("AQ.1", Http.GENERATE, body)).path("usageMetadata");
    JsonNode second = Http.json(http.gemini("AQ.1", Http.GENERATE, body)).path("usageMetadata");

    assertThat(first.has("cachedContentTokenCount")).isFalse();
    assertThat(second.path("cachedContentTokenCount").asLong()).isEqualTo(4500);
    assertThat(second.path("promptTokenCount").asLong()).isEqualTo(4500);
  }
}
