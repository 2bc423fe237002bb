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
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.moderations.ModerationCreateParams;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseIncludable;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.inputtokens.InputTokenCountParams;
import dev.forebay.app.GatewayFixture;
import dev.forebay.simulator.Fault;
import dev.forebay.simulator.Refusal;
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

/// The official OpenAI SDK through the gateway, validating every answer and repeating nothing.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class OpenAiThroughGatewayTest {

  private static final String MODEL = "gpt-6-sol";

  private static final FunctionParameters WEATHER =
      FunctionParameters.builder()
          .putAdditionalProperty("type", JsonValue.from("object"))
          .putAdditionalProperty(
              "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
          .putAdditionalProperty("required", JsonValue.from(List.of("city")))
          .build();

  private final Map<String, Weather.Call> calls = new LinkedHashMap<>();
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
    calls.put("chat", this::chats);
    calls.put("chat stream", this::streamsAChat);
    calls.put("chat tools", this::callsATool);
    calls.put("chat structure", this::answersInAStructure);
    calls.put("response", this::responds);
    calls.put("response stream", this::streamsAResponse);
    calls.put("response tools", this::respondsWithATool);
    calls.put("response structure", this::respondsInAStructure);
    calls.put("embeddings", this::embeds);
    calls.put("token count", this::countsTokens);
    calls.put("models", this::listsModels);
    calls.put("model", this::findsAModel);
    calls.put("moderation", this::moderates);
  }

  @AfterAll
  void stop() {
    client.close();
    fixture.close();
  }

  private static ChatCompletionCreateParams.Builder chat(String text) {
    return ChatCompletionCreateParams.builder().model(MODEL).addUserMessage(text);
  }

  private static String text(ChatCompletion completion) {
    return completion.choices().getFirst().message().content().orElseThrow();
  }

  private void chats() {
    assertThat(text(client.chat().completions().create(chat("hello").build())))
        .startsWith("You said: hello");
  }

  private void streamsAChat() {
    ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(chat("hello").build())) {
      stream.stream().peek(ChatCompletionChunk::validate).forEach(accumulator::accumulate);
    }
    assertThat(text(accumulator.chatCompletion())).startsWith("You said: hello");
  }

  private void callsATool() {
    ChatCompletionCreateParams.Builder params =
        chat("use get_weather")
            .addFunctionTool(
                FunctionDefinition.builder().name("get_weather").parameters(WEATHER).build());
    ChatCompletion first = client.chat().completions().create(params.build());
    ChatCompletionMessageToolCall call =
        first.choices().getFirst().message().toolCalls().orElseThrow().getFirst();
    ChatCompletion second =
        client
            .chat()
            .completions()
            .create(
                params
                    .addMessage(first.choices().getFirst().message())
                    .addMessage(
                        ChatCompletionToolMessageParam.builder()
                            .toolCallId(call.asFunction().id())
                            .content("sunny")
                            .build())
                    .build());
    assertThat(text(second)).contains("The tool answered: sunny");
  }

  static class Person {
    public String name = "";
    public int age;
  }

  private void answersInAStructure() {
    Person person =
        client
            .chat()
            .completions()
            .create(chat("who").responseFormat(Person.class).build())
            .choices()
            .getFirst()
            .message()
            .content()
            .orElseThrow();
    assertThat(person.name).isEqualTo("sample name");
  }

  private static ResponseCreateParams.Builder response(String text) {
    return ResponseCreateParams.builder().model(MODEL).input(text);
  }

  private static String text(Response response) {
    return response.output().getLast().asMessage().content().getFirst().asOutputText().text();
  }

  private void responds() {
    Response first = client.responses().create(response("hello").build());
    Response second =
        client.responses().create(response("again").previousResponseId(first.id()).build());
    assertThat(text(first)).startsWith("You said: hello");
    assertThat(text(second)).startsWith("You said: again");
  }

  private void streamsAResponse() {
    ResponseAccumulator accumulator = ResponseAccumulator.create();
    try (StreamResponse<ResponseStreamEvent> stream =
        client.responses().createStreaming(response("hello").build())) {
      stream.stream().peek(ResponseStreamEvent::validate).forEach(accumulator::accumulate);
    }
    assertThat(text(accumulator.response())).startsWith("You said: hello");
  }

  private void respondsWithATool() {
    FunctionTool tool =
        FunctionTool.builder()
            .name("get_weather")
            .strict(false)
            .parameters(
                FunctionTool.Parameters.builder()
                    .additionalProperties(WEATHER._additionalProperties())
                    .build())
            .build();
    Response first = client.responses().create(response("use get_weather").addTool(tool).build());
    String callId = first.output().getFirst().asFunctionCall().callId();
    Response second =
        client
            .responses()
            .create(
                ResponseCreateParams.builder()
                    .model(MODEL)
                    .previousResponseId(first.id())
                    .inputOfResponse(
                        List.of(
                            ResponseInputItem.ofFunctionCallOutput(
                                ResponseInputItem.FunctionCallOutput.builder()
                                    .callId(callId)
                                    .output("sunny")
                                    .build())))
                    .build());
    assertThat(text(second)).contains("The tool answered: sunny");
  }

  private void respondsInAStructure() {
    Person person =
        client
            .responses()
            .create(
                ResponseCreateParams.builder().model(MODEL).input("who").text(Person.class).build())
            .output()
            .getFirst()
            .asMessage()
            .content()
            .getFirst()
            .asOutputText();
    assertThat(person.name).isEqualTo("sample name");
  }

  private void embeds() {
    assertThat(
            client
                .embeddings()
                .create(
                    EmbeddingCreateParams.builder()
                        .model("text-embedding-3-small")
                        .inputOfArrayOfStrings(List.of("a", "b"))
                        .build())
                .data())
        .hasSize(2);
  }

  private void countsTokens() {
    assertThat(
            client
                .responses()
                .inputTokens()
                .count(InputTokenCountParams.builder().model(MODEL).input("hello").build())
                .inputTokens())
        .isEqualTo(2);
  }

  private void listsModels() {
    assertThat(client.models().list().data()).extracting(model -> model.id()).contains(MODEL);
  }

  private void findsAModel() {
    assertThat(client.models().retrieve(MODEL).id()).isEqualTo(MODEL);
  }

  private void moderates() {
    assertThat(
            client
                .moderations()
                .create(ModerationCreateParams.builder().input("hello").build())
                .results())
        .hasSize(1);
  }

  @Test
  void everyCallGoesThrough() throws Exception {
    fixture.heal();
    for (Weather.Call call : calls.values()) {
      call.run();
    }
    assertThat(fixture.simulator.requests())
        .allMatch(request -> GatewayFixture.secrets("openai").getFirst().equals(request.secret()));
  }

  static List<String> faults() {
    return new ArrayList<>(Weather.faults("openai").keySet());
  }

  @ParameterizedTest
  @MethodSource("faults")
  void noCallNotices(String fault) {
    Weather.strike(fixture, "openai", Weather.fault("openai", fault), calls);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noCallNoticesAStorm(long seed) {
    // A continued response needs the one account that holds it, and is asked for in a test of its
    // own.
    Map<String, Weather.Call> free = new LinkedHashMap<>(calls);
    free.remove("response");
    free.remove("response tools");
    Weather.storm(fixture, "openai", seed, 120, free);
  }

  @Test
  void sealedReasoningOfAnotherOrganisationIsTakenOut() {
    fixture.heal();
    List<String> secrets = GatewayFixture.secrets("openai");
    Response first =
        client
            .responses()
            .create(
                response("hello")
                    .store(false)
                    .reasoning(Reasoning.builder().effort(ReasoningEffort.LOW).build())
                    .addInclude(ResponseIncludable.REASONING_ENCRYPTED_CONTENT)
                    .build());
    List<ResponseInputItem> input = new ArrayList<>();
    input.add(
        ResponseInputItem.ofEasyInputMessage(
            com.openai.models.responses.EasyInputMessage.builder()
                .role(com.openai.models.responses.EasyInputMessage.Role.USER)
                .content("hello")
                .build()));
    input.add(ResponseInputItem.ofReasoning(first.output().getFirst().asReasoning()));
    input.add(ResponseInputItem.ofResponseOutputMessage(first.output().getLast().asMessage()));
    input.add(
        ResponseInputItem.ofEasyInputMessage(
            com.openai.models.responses.EasyInputMessage.builder()
                .role(com.openai.models.responses.EasyInputMessage.Role.USER)
                .content("again")
                .build()));
    fixture.simulator.always(secrets.getFirst(), new Fault.Unauthorized());
    fixture.simulator.script(
        secrets.get(1), Fault.refused(Refusal.OPENAI_INVALID_ENCRYPTED_CONTENT), Fault.healthy());

    Response second =
        client
            .responses()
            .create(
                ResponseCreateParams.builder()
                    .model(MODEL)
                    .store(false)
                    .inputOfResponse(input)
                    .build());
    assertThat(text(second)).startsWith("You said: again");
    assertThat(fixture.simulator.requests().getLast().text())
        .doesNotContain("encrypted_content")
        .contains("again");
  }
}
