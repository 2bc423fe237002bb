package dev.forebay.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.genai.Chat;
import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.errors.ClientException;
import com.google.genai.types.Content;
import com.google.genai.types.EmbedContentConfig;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.ListModelsConfig;
import com.google.genai.types.Part;
import com.google.genai.types.Schema;
import com.google.genai.types.ThinkingConfig;
import com.google.genai.types.Tool;
import com.google.genai.types.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The official Google SDK against the simulator.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeminiSdkTest {

  private static final String MODEL = "gemini-3.8-flash";
  private static final GenerateContentConfig PLAIN = GenerateContentConfig.builder().build();

  private Simulator simulator;
  private Client client;

  @BeforeAll
  void start() {
    simulator = Simulator.start(SimulatorSpec.of(SimulatedOrganization.gemini("4711", "AQ.1")), 0);
    client =
        Client.builder()
            .apiKey("AQ.1")
            .httpOptions(HttpOptions.builder().baseUrl(simulator.origin()).build())
            .build();
  }

  @AfterAll
  void stop() {
    client.close();
    simulator.close();
  }

  @Test
  void generatesContent() {
    GenerateContentResponse response = client.models.generateContent(MODEL, "hello", PLAIN);

    assertThat(response.text()).startsWith("You said: hello");
    assertThat(response.finishReason().toString()).isEqualTo("STOP");
    assertThat(response.usageMetadata().orElseThrow().candidatesTokenCount()).contains(48);
  }

  @Test
  void streamsTheSameContent() {
    StringBuilder text = new StringBuilder();
    List<GenerateContentResponse> chunks = new ArrayList<>();
    try (ResponseStream<GenerateContentResponse> stream =
        client.models.generateContentStream(MODEL, "hello", PLAIN)) {
      for (GenerateContentResponse chunk : stream) {
        text.append(chunk.text() == null ? "" : chunk.text());
        chunks.add(chunk);
      }
    }

    assertThat(text.toString())
        .isEqualTo(client.models.generateContent(MODEL, "hello", PLAIN).text());
    assertThat(chunks.getLast().usageMetadata().orElseThrow().candidatesTokenCount()).contains(48);
  }

  @Test
  void showsThoughtsWhenAsked() {
    GenerateContentResponse response =
        client.models.generateContent(
            MODEL,
            "hello",
            GenerateContentConfig.builder()
                .thinkingConfig(ThinkingConfig.builder().includeThoughts(true))
                .build());

    assertThat(Objects.requireNonNull(response.parts()).getFirst().thought()).contains(true);
    assertThat(response.usageMetadata().orElseThrow().thoughtsTokenCount()).contains(16);
  }

  private static final GenerateContentConfig WITH_TOOL =
      GenerateContentConfig.builder()
          .tools(
              Tool.builder()
                  .functionDeclarations(
                      FunctionDeclaration.builder()
                          .name("get_weather")
                          .parameters(
                              Schema.builder()
                                  .type(Type.Known.OBJECT)
                                  .properties(
                                      Map.of(
                                          "city", Schema.builder().type(Type.Known.STRING).build()))
                                  .build())
                          .build())
                  .build())
          .build();

  @Test
  void callsAToolAndAnswersAfterIt() {
    List<Content> contents = new ArrayList<>();
    contents.add(Content.fromParts(Part.fromText("use get_weather")));
    GenerateContentResponse first = client.models.generateContent(MODEL, contents, WITH_TOOL);
    FunctionCall call = Objects.requireNonNull(first.functionCalls()).getFirst();
    assertThat(call.name()).contains("get_weather");
    assertThat(call.args().orElseThrow()).containsEntry("city", "sample city");

    contents.add(first.candidates().orElseThrow().getFirst().content().orElseThrow());
    contents.add(
        Content.builder()
            .role("user")
            .parts(Part.fromFunctionResponse("get_weather", Map.of("sky", "sunny")))
            .build());

    assertThat(client.models.generateContent(MODEL, contents, WITH_TOOL).text())
        .contains("The tool answered: {\"sky\":\"sunny\"}");
  }

  @Test
  void refusesAToolCallThatLostItsSignature() {
    List<Content> contents =
        List.of(
            Content.fromParts(Part.fromText("use get_weather")),
            Content.builder()
                .role("model")
                .parts(Part.fromFunctionCall("get_weather", Map.of("city", "Ulm")))
                .build(),
            Content.builder()
                .role("user")
                .parts(Part.fromFunctionResponse("get_weather", Map.of("sky", "sunny")))
                .build());

    assertThatThrownBy(() -> client.models.generateContent(MODEL, contents, WITH_TOOL))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("thought_signature");
  }

  @Test
  void answersInAGivenStructure() {
    GenerateContentResponse response =
        client.models.generateContent(
            MODEL,
            "who",
            GenerateContentConfig.builder()
                .responseMimeType("application/json")
                .responseSchema(
                    Schema.builder()
                        .type(Type.Known.OBJECT)
                        .properties(
                            Map.of("name", Schema.builder().type(Type.Known.STRING).build()))
                        .build())
                .build());

    assertThat(response.text()).isEqualTo("{\"name\":\"sample name\"}");
  }

  @Test
  void keepsAConversation() {
    Chat chat = client.chats.create(MODEL);

    chat.sendMessage("hello");
    GenerateContentResponse second = chat.sendMessage("again");

    assertThat(second.text()).startsWith("You said: again");
    assertThat(chat.getHistory(false)).hasSize(4);
  }

  @Test
  void countsTokensEmbedsAndListsModels() {
    assertThat(client.models.countTokens(MODEL, "hello", null).totalTokens()).contains(2);
    assertThat(
            client
                .models
                .embedContent(
                    "gemini-embedding-001",
                    List.of("a", "b"),
                    EmbedContentConfig.builder().outputDimensionality(768).build())
                .embeddings()
                .orElseThrow())
        .hasSize(2)
        .allSatisfy(one -> assertThat(one.values().orElseThrow()).hasSize(768));
    assertThat(client.models.embedContent("gemini-embedding-001", "a", null).embeddings())
        .isPresent();
    assertThat(
            StreamSupport.stream(
                client.models.list(ListModelsConfig.builder().pageSize(3).build()).spliterator(),
                false))
        .extracting(model -> model.name().orElseThrow())
        .contains("models/gemini-3.8-flash", "models/gemini-embedding-001");
    assertThat(client.models.get(MODEL, null).inputTokenLimit()).contains(1_048_576);
    assertThatThrownBy(() -> client.models.generateContent("gemini-0", "hello", PLAIN))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("is not found for API version");
  }
}
