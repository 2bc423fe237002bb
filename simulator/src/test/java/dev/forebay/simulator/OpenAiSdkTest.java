package dev.forebay.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.RateLimitException;
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
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseIncludable;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.StructuredResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The official OpenAI SDK, validating every answer, against the simulator.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenAiSdkTest {

  private Simulator simulator;
  private OpenAIClient client;

  @BeforeAll
  void start() {
    simulator =
        Simulator.start(
            SimulatorSpec.of(
                SimulatedOrganization.openai("acme", "sk-1"),
                SimulatedOrganization.openai("other", "sk-2")),
            0);
    client = client("sk-1", "/v1");
  }

  private OpenAIClient client(String secret, String path) {
    return OpenAIOkHttpClient.builder()
        .apiKey(secret)
        .baseUrl(simulator.origin() + path)
        .responseValidation(true)
        .maxRetries(0)
        .build();
  }

  @AfterAll
  void stop() {
    client.close();
    simulator.close();
  }

  private static ChatCompletionCreateParams.Builder chat(String text) {
    return ChatCompletionCreateParams.builder().model("gpt-6-sol").addUserMessage(text);
  }

  private static final FunctionParameters WEATHER =
      FunctionParameters.builder()
          .putAdditionalProperty("type", JsonValue.from("object"))
          .putAdditionalProperty(
              "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
          .putAdditionalProperty("required", JsonValue.from(List.of("city")))
          .build();

  @Test
  void completesAChat() {
    ChatCompletion completion = client.chat().completions().create(chat("hello").build());

    assertThat(completion.choices().getFirst().message().content().orElseThrow())
        .startsWith("You said: hello");
    assertThat(completion.choices().getFirst().finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
    assertThat(completion.usage().orElseThrow().completionTokens()).isEqualTo(48);
  }

  @Test
  void streamsAChatWithUsage() {
    ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
    try (StreamResponse<ChatCompletionChunk> stream =
        client
            .chat()
            .completions()
            .createStreaming(
                chat("hello")
                    .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
                    .build())) {
      stream.stream().peek(ChatCompletionChunk::validate).forEach(accumulator::accumulate);
    }

    ChatCompletion completion = accumulator.chatCompletion();
    assertThat(completion.choices().getFirst().message().content().orElseThrow())
        .isEqualTo(
            client
                .chat()
                .completions()
                .create(chat("hello").build())
                .choices()
                .getFirst()
                .message()
                .content()
                .orElseThrow());
    assertThat(completion.usage().orElseThrow().totalTokens()).isPositive();
  }

  @Test
  void callsAToolAndAnswersAfterIt() {
    ChatCompletionCreateParams.Builder params =
        chat("use get_weather")
            .addFunctionTool(
                FunctionDefinition.builder().name("get_weather").parameters(WEATHER).build());
    ChatCompletion first = client.chat().completions().create(params.build());
    ChatCompletionMessageToolCall call =
        first.choices().getFirst().message().toolCalls().orElseThrow().getFirst();

    assertThat(first.choices().getFirst().finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
    assertThat(call.asFunction().function().arguments()).contains("\"city\"");

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

    assertThat(second.choices().getFirst().message().content().orElseThrow())
        .contains("The tool answered: sunny");
  }

  @Test
  void streamsAToolCall() {
    ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
    try (StreamResponse<ChatCompletionChunk> stream =
        client
            .chat()
            .completions()
            .createStreaming(
                chat("use get_weather")
                    .addFunctionTool(
                        FunctionDefinition.builder()
                            .name("get_weather")
                            .parameters(WEATHER)
                            .build())
                    .build())) {
      stream.stream().forEach(accumulator::accumulate);
    }

    ChatCompletionMessageToolCall call =
        accumulator
            .chatCompletion()
            .choices()
            .getFirst()
            .message()
            .toolCalls()
            .orElseThrow()
            .getFirst();
    assertThat(call.asFunction().function().name()).isEqualTo("get_weather");
    assertThat(call.asFunction().function().arguments()).isEqualTo("{\"city\":\"sample city\"}");
  }

  static class Person {
    public String name = "";
    public int age;
    public List<String> languages = List.of();
  }

  @Test
  void answersInAGivenStructure() {
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
    assertThat(person.languages).hasSize(1);
  }

  @Test
  void respondsAndRemembers() {
    Response first =
        client
            .responses()
            .create(ResponseCreateParams.builder().model("gpt-6-sol").input("hello").build());
    Response second =
        client
            .responses()
            .create(
                ResponseCreateParams.builder()
                    .model("gpt-6-sol")
                    .previousResponseId(first.id())
                    .input("again")
                    .build());

    assertThat(first.status()).contains(ResponseStatus.COMPLETED);
    assertThat(second.usage().orElseThrow().inputTokens())
        .isGreaterThan(first.usage().orElseThrow().outputTokens());
    assertThat(client.responses().retrieve(first.id()).output()).hasSize(1);
    assertThatThrownBy(() ->
            client("sk-2", "/v1")
                .responses()
                .create(
                    ResponseCreateParams.builder()
                        .model("gpt-6-sol")
                        .previousResponseId(first.id())
                        .input("again")
                        .build()))
        .isInstanceOfSatisfying(
            BadRequestException.class,
            error -> assertThat(error.code()).contains("previous_response_not_found"));
  }

  @Test
  void streamsAResponseWithReasoning() {
    ResponseAccumulator accumulator = ResponseAccumulator.create();
    try (StreamResponse<ResponseStreamEvent> stream =
        client
            .responses()
            .createStreaming(
                ResponseCreateParams.builder()
                    .model("gpt-6-sol")
                    .input("hello")
                    .reasoning(
                        Reasoning.builder()
                            .effort(ReasoningEffort.LOW)
                            .summary(Reasoning.Summary.AUTO)
                            .build())
                    .addInclude(ResponseIncludable.REASONING_ENCRYPTED_CONTENT)
                    .build())) {
      stream.stream().peek(ResponseStreamEvent::validate).forEach(accumulator::accumulate);
    }

    Response response = accumulator.response();
    assertThat(response.output()).hasSize(2);
    assertThat(response.output().getFirst().asReasoning().encryptedContent()).isPresent();
    assertThat(response.output().getFirst().asReasoning().summary()).hasSize(1);
    assertThat(response.usage().orElseThrow().outputTokensDetails().reasoningTokens())
        .isEqualTo(16);
  }

  @Test
  void respondsWithAToolCall() {
    FunctionTool tool =
        FunctionTool.builder()
            .name("get_weather")
            .strict(false)
            .parameters(
                FunctionTool.Parameters.builder()
                    .additionalProperties(WEATHER._additionalProperties())
                    .build())
            .build();
    Response first =
        client
            .responses()
            .create(
                ResponseCreateParams.builder()
                    .model("gpt-6-sol")
                    .input("use get_weather")
                    .addTool(tool)
                    .build());
    String callId = first.output().getFirst().asFunctionCall().callId();
    Response second =
        client
            .responses()
            .create(
                ResponseCreateParams.builder()
                    .model("gpt-6-sol")
                    .previousResponseId(first.id())
                    .inputOfResponse(
                        List.of(
                            ResponseInputItem.ofFunctionCallOutput(
                                ResponseInputItem.FunctionCallOutput.builder()
                                    .callId(callId)
                                    .output("sunny")
                                    .build())))
                    .build());

    assertThat(second.output().getFirst().asMessage().content().getFirst().asOutputText().text())
        .contains("The tool answered: sunny");
  }

  @Test
  void respondsInAGivenStructure() {
    StructuredResponse<Person> response =
        client
            .responses()
            .create(
                ResponseCreateParams.builder()
                    .model("gpt-6-sol")
                    .input("who")
                    .text(Person.class)
                    .build());

    Person person = response.output().getFirst().asMessage().content().getFirst().asOutputText();
    assertThat(person.name).isEqualTo("sample name");
  }

  @Test
  void seesRateLimitsAsTheSdkKnowsThem() {
    simulator.script("sk-1", Fault.rateLimited(RateLimitKind.OPENAI_INSUFFICIENT_QUOTA));

    assertThatThrownBy(() -> client.chat().completions().create(chat("hello").build()))
        .isInstanceOfSatisfying(
            RateLimitException.class,
            error -> assertThat(error.code()).contains("insufficient_quota"));
  }
}
