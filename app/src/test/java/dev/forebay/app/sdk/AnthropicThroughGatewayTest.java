package dev.forebay.app.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import dev.forebay.app.GatewayFixture;
import dev.forebay.simulator.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The official Anthropic SDK through the gateway in both versions of the API, validating every
/// answer and repeating nothing.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class AnthropicThroughGatewayTest {

  private static final String MODEL = "claude-opus-5-5";
  private static final String OLD_VERSION = "2023-06-01";

  private static final Tool WEATHER =
      Tool.builder()
          .name("get_weather")
          .inputSchema(
              Tool.InputSchema.builder()
                  .properties(JsonValue.from(Map.of("city", Map.of("type", "string"))))
                  .build())
          .build();

  private final Map<String, Weather.Call> calls = new LinkedHashMap<>();
  private GatewayFixture fixture;
  private AnthropicClient current;
  private AnthropicClient old;

  @BeforeAll
  void start() {
    fixture = new GatewayFixture();
    current = client().build();
    old = client().replaceHeaders("anthropic-version", OLD_VERSION).build();
    addCalls("", current);
    addCalls(OLD_VERSION + " ", old);
  }

  private AnthropicOkHttpClient.Builder client() {
    return AnthropicOkHttpClient.builder()
        .apiKey(GatewayFixture.CLIENT_KEY)
        .baseUrl(fixture.url())
        .responseValidation(true)
        .maxRetries(0);
  }

  private void addCalls(String prefix, AnthropicClient client) {
    calls.put(prefix + "message", () -> writesAMessage(client));
    calls.put(prefix + "stream", () -> streamsAMessage(client));
    calls.put(prefix + "tools", () -> usesATool(client));
    calls.put(prefix + "structure", () -> answersInAStructure(client));
    calls.put(prefix + "thinking", () -> thinks(client));
    calls.put(prefix + "token count", () -> countsTokens(client));
    calls.put(prefix + "models", () -> listsModels(client));
    calls.put(prefix + "model", () -> findsAModel(client));
  }

  @AfterAll
  void stop() {
    current.close();
    old.close();
    fixture.close();
  }

  private static MessageCreateParams.Builder message(String text) {
    return MessageCreateParams.builder().model(MODEL).maxTokens(4000).addUserMessage(text);
  }

  private static String text(Message message) {
    return message.content().getLast().asText().text();
  }

  private static void writesAMessage(AnthropicClient client) {
    assertThat(text(client.messages().create(message("hello").build())))
        .startsWith("You said: hello");
  }

  private static Message streamed(AnthropicClient client, MessageCreateParams params) {
    MessageAccumulator accumulator = MessageAccumulator.create();
    try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(params)) {
      stream.stream().peek(RawMessageStreamEvent::validate).forEach(accumulator::accumulate);
    }
    return accumulator.message();
  }

  private static void streamsAMessage(AnthropicClient client) {
    assertThat(text(streamed(client, message("hello").build()))).startsWith("You said: hello");
  }

  private static void usesATool(AnthropicClient client) {
    MessageCreateParams.Builder params = message("use get_weather").addTool(WEATHER);
    Message first = streamed(client, params.build());
    ToolUseBlock use = first.content().getFirst().asToolUse();
    Message second =
        client
            .messages()
            .create(
                params
                    .addMessage(first)
                    .addUserMessageOfContentBlockParams(
                        List.of(
                            ContentBlockParam.ofToolResult(
                                ToolResultBlockParam.builder()
                                    .toolUseId(use.id())
                                    .content("sunny")
                                    .build())))
                    .build());
    assertThat(text(second)).contains("The tool answered: sunny");
  }

  static class Person {
    public String name = "";
    public int age;
  }

  private static void answersInAStructure(AnthropicClient client) {
    Person person =
        client
            .messages()
            .create(message("who").outputConfig(Person.class).build())
            .content()
            .getFirst()
            .asText()
            .text();
    assertThat(person.name).isEqualTo("sample name");
  }

  private static void thinks(AnthropicClient client) {
    MessageCreateParams.Builder params = message("hello").enabledThinking(1024);
    Message first = streamed(client, params.build());
    assertThat(first.content().getFirst().asThinking().thinking()).isNotEmpty();
    Message second =
        client.messages().create(params.addMessage(first).addUserMessage("go on").build());
    assertThat(text(second)).startsWith("You said: go on");
  }

  private static void countsTokens(AnthropicClient client) {
    assertThat(
            client
                .messages()
                .countTokens(
                    MessageCountTokensParams.builder().model(MODEL).addUserMessage("hello").build())
                .inputTokens())
        .isEqualTo(2);
  }

  private static void listsModels(AnthropicClient client) {
    assertThat(client.models().list().autoPager().stream())
        .extracting(model -> model.id())
        .contains(MODEL);
  }

  private static void findsAModel(AnthropicClient client) {
    assertThat(client.models().retrieve(MODEL).validate().displayName())
        .isEqualTo("Claude Opus 5.5");
  }

  @Test
  void everyCallGoesThroughInItsVersion() throws Exception {
    fixture.heal();
    for (Weather.Call call : calls.values()) {
      call.run();
    }
    assertThat(fixture.simulator.requests())
        .allMatch(
            request -> GatewayFixture.secrets("anthropic").getFirst().equals(request.secret()))
        .extracting(request -> request.header("anthropic-version"))
        .contains(OLD_VERSION, "2026-10-21");
  }

  static List<String> faults() {
    return new ArrayList<>(Weather.faults("anthropic").keySet());
  }

  @ParameterizedTest
  @MethodSource("faults")
  void noCallNotices(String fault) {
    Weather.strike(fixture, "anthropic", Weather.fault("anthropic", fault), calls);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noCallNoticesAStorm(long seed) {
    Weather.storm(fixture, "anthropic", seed, 120, calls);
  }

  @Test
  void thinkingOfAnotherOrganisationIsTakenOut() {
    fixture.heal();
    MessageCreateParams.Builder params = message("hello").enabledThinking(1024);
    Message first = streamed(current, params.build());
    fixture.simulator.always(
        GatewayFixture.secrets("anthropic").getFirst(), new Fault.Unauthorized());
    Message second = streamed(current, params.addMessage(first).addUserMessage("go on").build());
    assertThat(text(second)).startsWith("You said: go on");
    assertThat(fixture.simulator.requests().getLast().text()).doesNotContain("signature");
  }
}
