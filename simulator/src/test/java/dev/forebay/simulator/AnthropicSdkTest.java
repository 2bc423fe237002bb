package dev.forebay.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.StructuredMessage;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolUseBlock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The official Anthropic SDK, validating every answer, against the simulator.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnthropicSdkTest {

  private Simulator simulator;
  private AnthropicClient client;

  @BeforeAll
  void start() {
    simulator =
        Simulator.start(
            SimulatorSpec.of(
                SimulatedOrganization.anthropic("org-a", "sk-ant-1"),
                SimulatedOrganization.anthropic("org-b", "sk-ant-2")),
            0);
    client = client("sk-ant-1");
  }

  private AnthropicClient client(String secret) {
    return AnthropicOkHttpClient.builder()
        .apiKey(secret)
        .baseUrl(simulator.origin())
        .responseValidation(true)
        .maxRetries(0)
        .build();
  }

  @AfterAll
  void stop() {
    client.close();
    simulator.close();
  }

  private static MessageCreateParams.Builder message(String text) {
    return MessageCreateParams.builder()
        .model("claude-opus-5-5")
        .maxTokens(4000)
        .addUserMessage(text);
  }

  private static final Tool WEATHER =
      Tool.builder()
          .name("get_weather")
          .inputSchema(
              Tool.InputSchema.builder()
                  .properties(JsonValue.from(Map.of("city", Map.of("type", "string"))))
                  .build())
          .build();

  @Test
  void writesAMessage() {
    Message message = client.messages().create(message("hello").build());

    assertThat(message.content().getFirst().asText().text()).startsWith("You said: hello");
    assertThat(message.stopReason()).contains(StopReason.END_TURN);
    assertThat(message.usage().outputTokens()).isEqualTo(48);
  }

  @Test
  void streamsTheSameMessage() {
    MessageAccumulator accumulator = MessageAccumulator.create();
    try (StreamResponse<RawMessageStreamEvent> stream =
        client.messages().createStreaming(message("hello").build())) {
      stream.stream().peek(RawMessageStreamEvent::validate).forEach(accumulator::accumulate);
    }

    Message streamed = accumulator.message();
    Message whole = client.messages().create(message("hello").build());
    assertThat(streamed.content().getFirst().asText().text())
        .isEqualTo(whole.content().getFirst().asText().text());
    assertThat(streamed.usage().outputTokens()).isEqualTo(whole.usage().outputTokens());
  }

  @Test
  void honoursMaxTokens() {
    Message message = client.messages().create(message("hello").maxTokens(5).build());

    assertThat(message.stopReason()).contains(StopReason.MAX_TOKENS);
    assertThat(message.usage().outputTokens()).isEqualTo(5);
  }

  @Test
  void usesAToolAndAnswersAfterIt() {
    MessageCreateParams.Builder params = message("use get_weather").addTool(WEATHER);
    MessageAccumulator accumulator = MessageAccumulator.create();
    try (StreamResponse<RawMessageStreamEvent> stream =
        client.messages().createStreaming(params.build())) {
      stream.stream().forEach(accumulator::accumulate);
    }
    Message first = accumulator.message();
    ToolUseBlock use = first.content().getFirst().asToolUse();

    assertThat(first.stopReason()).contains(StopReason.TOOL_USE);
    assertThat(use._input().toString()).contains("sample city");

    Message second =
        client
            .messages()
            .create(
                params
                    .addMessage(first)
                    .addUserMessageOfContentBlockParams(
                        List.of(
                            com.anthropic.models.messages.ContentBlockParam.ofToolResult(
                                com.anthropic.models.messages.ToolResultBlockParam.builder()
                                    .toolUseId(use.id())
                                    .content("sunny")
                                    .build())))
                    .build());
    assertThat(second.content().getFirst().asText().text()).contains("The tool answered: sunny");
  }

  @Test
  void thinksAndTakesItsThoughtsBackButNoForeignOnes() {
    MessageCreateParams.Builder params = message("hello").enabledThinking(1024);
    MessageAccumulator accumulator = MessageAccumulator.create();
    try (StreamResponse<RawMessageStreamEvent> stream =
        client.messages().createStreaming(params.build())) {
      stream.stream().forEach(accumulator::accumulate);
    }
    Message first = accumulator.message();
    assertThat(first.content().getFirst().asThinking().thinking()).isNotEmpty();

    MessageCreateParams next = params.addMessage(first).addUserMessage("go on").build();
    assertThat(client.messages().create(next).content()).hasSize(2);
    assertThatThrownBy(() -> client("sk-ant-2").messages().create(next))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("bound to a different conversation");
  }

  static class Person {
    public String name = "";
    public int age;
  }

  @Test
  void answersInAGivenStructure() {
    StructuredMessage<Person> message =
        client.messages().create(message("who").outputConfig(Person.class).build());

    Person person = message.content().getFirst().asText().text();
    assertThat(person.name).isEqualTo("sample name");
  }

  @Test
  void countsTokens() {
    assertThat(
            client
                .messages()
                .countTokens(
                    MessageCountTokensParams.builder()
                        .model("claude-opus-5-5")
                        .addUserMessage("hello")
                        .build())
                .inputTokens())
        .isEqualTo(2);
  }

  @Test
  void listsModelsPageByPage() {
    assertThat(client.models().list().autoPager().stream())
        .extracting(model -> model.id())
        .contains("claude-opus-5-5", "claude-sonnet-5-5", "claude-haiku-4-5");
    assertThat(
            client
                .models()
                .list(com.anthropic.models.models.ModelListParams.builder().limit(2).build())
                .autoPager()
                .stream())
        .hasSameSizeAs(client.models().list().items());
    assertThat(client.models().retrieve("claude-opus-5-5").validate().displayName())
        .isEqualTo("Claude Opus 5.5");
    assertThatThrownBy(() -> client.models().retrieve("claude-0"))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void seesRateLimitsAsTheSdkKnowsThem() {
    simulator.script("sk-ant-1", Fault.rateLimited(RateLimitKind.ANTHROPIC_RATE_LIMIT));

    assertThatThrownBy(() -> client.messages().create(message("hello").build()))
        .isInstanceOf(RateLimitException.class);
  }
}
