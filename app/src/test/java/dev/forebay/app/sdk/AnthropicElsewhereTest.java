package dev.forebay.app.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import dev.forebay.app.GatewayFixture;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The official Anthropic SDK, answered by the other providers.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class AnthropicElsewhereTest {

  private static final Tool WEATHER =
      Tool.builder()
          .name("get_weather")
          .inputSchema(
              Tool.InputSchema.builder()
                  .properties(JsonValue.from(Map.of("city", Map.of("type", "string"))))
                  .build())
          .build();

  private GatewayFixture fixture;
  private AnthropicClient client;

  @BeforeAll
  void start() {
    fixture = new GatewayFixture();
    client =
        AnthropicOkHttpClient.builder()
            .apiKey(GatewayFixture.CLIENT_KEY)
            .baseUrl(fixture.url())
            .responseValidation(true)
            .maxRetries(0)
            .build();
  }

  @AfterAll
  void stop() {
    client.close();
    fixture.close();
  }

  @BeforeEach
  void heal() {
    fixture.heal();
  }

  private static MessageCreateParams.Builder message(String model, String text) {
    return MessageCreateParams.builder().model(model).maxTokens(4000).addUserMessage(text);
  }

  private static String text(Message message) {
    return message.content().getLast().asText().text();
  }

  private Message streamed(MessageCreateParams params) {
    MessageAccumulator accumulator = MessageAccumulator.create();
    try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(params)) {
      stream.stream().peek(RawMessageStreamEvent::validate).forEach(accumulator::accumulate);
    }
    return accumulator.message();
  }

  private static ContentBlockParam result(Message calling, String words) {
    ToolUseBlock use =
        calling.content().stream()
            .filter(ContentBlock::isToolUse)
            .findFirst()
            .orElseThrow()
            .asToolUse();
    return ContentBlockParam.ofToolResult(
        ToolResultBlockParam.builder().toolUseId(use.id()).content(words).build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-6-sol", "gpt-4.1", "gemini-3.8-flash"})
  void everyCallIsAnswered(String model) {
    Message whole = client.messages().create(message(model, "hello").build());
    assertThat(text(whole)).startsWith("You said: hello");
    assertThat(whole.usage().outputTokens()).isPositive();

    assertThat(text(streamed(message(model, "hello").build()))).startsWith("You said: hello");

    MessageCreateParams.Builder params = message(model, "use get_weather").addTool(WEATHER);
    Message first = streamed(params.build());
    params.addMessage(first);
    params.addUserMessageOfContentBlockParams(List.of(result(first, "sunny")));
    assertThat(text(client.messages().create(params.build())))
        .contains("The tool answered:", "sunny");

    assertThat(
            client
                .messages()
                .countTokens(
                    MessageCountTokensParams.builder().model(model).addUserMessage("hello").build())
                .inputTokens())
        .isPositive();
  }

  @Test
  void aToolLoopChangesItsProviderAtEveryTurn() {
    MessageCreateParams.Builder params =
        message(Weather.model(0), "use get_weather").addTool(WEATHER).enabledThinking(1024);
    for (int turn = 0; turn < 10; turn++) {
      Message calling = streamed(params.model(Weather.model(2 * turn)).build());
      params.addMessage(calling);
      params.addUserMessageOfContentBlockParams(List.of(result(calling, "sunny " + turn)));
      Message answer = client.messages().create(params.model(Weather.model(2 * turn + 1)).build());
      assertThat(text(answer)).contains("The tool answered:", "sunny " + turn);
      params.addMessage(answer).addUserMessage("use get_weather");
    }
    assertThat(Weather.providersAsked(fixture)).hasSize(3);
  }
}
