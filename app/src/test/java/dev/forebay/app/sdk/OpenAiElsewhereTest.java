package dev.forebay.app.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.Reasoning;
import com.openai.models.ReasoningEffort;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseIncludable;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.inputtokens.InputTokenCountParams;
import dev.forebay.app.GatewayFixture;
import java.util.ArrayList;
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

/// The official OpenAI SDK in both of its dialects, answered by the other providers.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class OpenAiElsewhereTest {

  private static final FunctionParameters WEATHER =
      FunctionParameters.builder()
          .putAdditionalProperty("type", JsonValue.from("object"))
          .putAdditionalProperty(
              "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
          .putAdditionalProperty("required", JsonValue.from(List.of("city")))
          .build();

  private static final FunctionTool TOOL =
      FunctionTool.builder()
          .name("get_weather")
          .strict(false)
          .parameters(
              FunctionTool.Parameters.builder()
                  .additionalProperties(WEATHER._additionalProperties())
                  .build())
          .build();

  private GatewayFixture fixture;
  private OpenAIClient client;

  @BeforeAll
  void start() {
    fixture = new GatewayFixture();
    client =
        OpenAIOkHttpClient.builder()
            .apiKey(GatewayFixture.CLIENT_KEY)
            .baseUrl(fixture.url() + "/v1")
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

  private static ChatCompletionCreateParams.Builder chat(String model, String text) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage(text);
  }

  private static String text(ChatCompletion completion) {
    return completion.choices().getFirst().message().content().orElseThrow();
  }

  private ChatCompletion streamed(ChatCompletionCreateParams params) {
    ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(params)) {
      stream.stream().peek(ChatCompletionChunk::validate).forEach(accumulator::accumulate);
    }
    return accumulator.chatCompletion();
  }

  private static void addResult(
      ChatCompletionCreateParams.Builder params, ChatCompletion calling, String words) {
    String id =
        calling
            .choices()
            .getFirst()
            .message()
            .toolCalls()
            .orElseThrow()
            .getFirst()
            .asFunction()
            .id();
    params.addMessage(calling.choices().getFirst().message());
    params.addMessage(
        ChatCompletionToolMessageParam.builder().toolCallId(id).content(words).build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude-opus-5-5", "claude-haiku-4-5", "gemini-3.8-flash"})
  void everyChatIsAnswered(String model) {
    ChatCompletion whole = client.chat().completions().create(chat(model, "hello").build());
    assertThat(text(whole)).startsWith("You said: hello");
    assertThat(whole.usage().orElseThrow().completionTokens()).isPositive();

    assertThat(text(streamed(chat(model, "hello").build()))).startsWith("You said: hello");

    ChatCompletionCreateParams.Builder params = chatWithTool(model);
    addResult(params, streamed(params.build()), "sunny");
    assertThat(text(client.chat().completions().create(params.build())))
        .contains("The tool answered:", "sunny");
  }

  private static ChatCompletionCreateParams.Builder chatWithTool(String model) {
    return chat(model, "use get_weather")
        .addFunctionTool(
            FunctionDefinition.builder().name("get_weather").parameters(WEATHER).build());
  }

  @Test
  void aChatWithToolsChangesItsProviderAtEveryTurn() {
    ChatCompletionCreateParams.Builder params = chatWithTool(Weather.model(0));
    for (int turn = 0; turn < 10; turn++) {
      ChatCompletion calling = streamed(params.model(Weather.model(2 * turn)).build());
      addResult(params, calling, "sunny " + turn);
      ChatCompletion answer =
          client.chat().completions().create(params.model(Weather.model(2 * turn + 1)).build());
      assertThat(text(answer)).contains("The tool answered:", "sunny " + turn);
      params.addMessage(answer.choices().getFirst().message()).addUserMessage("use get_weather");
    }
    assertThat(Weather.providersAsked(fixture)).hasSize(3);
  }

  private static ResponseCreateParams.Builder response(String model) {
    return ResponseCreateParams.builder().model(model);
  }

  private static String text(Response response) {
    return response.output().getLast().asMessage().content().getFirst().asOutputText().text();
  }

  private Response streamed(ResponseCreateParams params) {
    ResponseAccumulator accumulator = ResponseAccumulator.create();
    try (StreamResponse<ResponseStreamEvent> stream = client.responses().createStreaming(params)) {
      stream.stream().peek(ResponseStreamEvent::validate).forEach(accumulator::accumulate);
    }
    return accumulator.response();
  }

  private static ResponseInputItem user(String text) {
    return ResponseInputItem.ofEasyInputMessage(
        EasyInputMessage.builder().role(EasyInputMessage.Role.USER).content(text).build());
  }

  private static void addOutput(List<ResponseInputItem> input, Response answer) {
    for (ResponseOutputItem item : answer.output()) {
      if (item.isReasoning()) {
        input.add(ResponseInputItem.ofReasoning(item.asReasoning()));
      } else if (item.isFunctionCall()) {
        input.add(ResponseInputItem.ofFunctionCall(item.asFunctionCall()));
      } else {
        input.add(ResponseInputItem.ofResponseOutputMessage(item.asMessage()));
      }
    }
  }

  private static void addResult(List<ResponseInputItem> input, Response calling, String words) {
    addOutput(input, calling);
    String id =
        calling.output().stream()
            .filter(ResponseOutputItem::isFunctionCall)
            .findFirst()
            .orElseThrow()
            .asFunctionCall()
            .callId();
    input.add(
        ResponseInputItem.ofFunctionCallOutput(
            ResponseInputItem.FunctionCallOutput.builder().callId(id).output(words).build()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude-opus-5-5", "claude-haiku-4-5", "gemini-3.8-flash"})
  void everyResponseIsAnswered(String model) {
    Response whole = client.responses().create(response(model).input("hello").build());
    assertThat(text(whole)).startsWith("You said: hello");
    assertThat(whole.usage().orElseThrow().outputTokens()).isPositive();

    assertThat(text(streamed(response(model).input("hello").build())))
        .startsWith("You said: hello");

    List<ResponseInputItem> input = new ArrayList<>(List.of(user("use get_weather")));
    ResponseCreateParams.Builder params = response(model).addTool(TOOL);
    addResult(input, streamed(params.inputOfResponse(input).build()), "sunny");
    assertThat(text(client.responses().create(params.inputOfResponse(input).build())))
        .contains("The tool answered:", "sunny");

    assertThat(
            client
                .responses()
                .inputTokens()
                .count(InputTokenCountParams.builder().model(model).input("hello").build())
                .inputTokens())
        .isPositive();
  }

  @Test
  void responsesWithToolsChangeTheirProviderAtEveryTurn() {
    List<ResponseInputItem> input = new ArrayList<>(List.of(user("use get_weather")));
    ResponseCreateParams.Builder params =
        response(Weather.model(0))
            .addTool(TOOL)
            .store(false)
            .reasoning(Reasoning.builder().effort(ReasoningEffort.LOW).build())
            .addInclude(ResponseIncludable.REASONING_ENCRYPTED_CONTENT);
    for (int turn = 0; turn < 10; turn++) {
      params.model(Weather.model(2 * turn)).inputOfResponse(input);
      addResult(input, streamed(params.build()), "sunny " + turn);
      params.model(Weather.model(2 * turn + 1)).inputOfResponse(input);
      Response answer = client.responses().create(params.build());
      assertThat(text(answer)).contains("The tool answered:", "sunny " + turn);
      addOutput(input, answer);
      input.add(user("use get_weather"));
    }
    assertThat(Weather.providersAsked(fixture)).hasSize(3);
  }
}
