package dev.forebay.app.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.genai.Chat;
import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.Content;
import com.google.genai.types.EmbedContentConfig;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.ListModelsConfig;
import com.google.genai.types.Part;
import com.google.genai.types.Schema;
import com.google.genai.types.ThinkingConfig;
import com.google.genai.types.Tool;
import com.google.genai.types.Type;
import dev.forebay.app.GatewayFixture;
import dev.forebay.simulator.Fault;
import dev.forebay.simulator.ReceivedRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The official Google SDK through the gateway, in both versions of the API, repeating nothing.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class GeminiThroughGatewayTest {

  private static final String MODEL = "gemini-3.8-flash";
  private static final GenerateContentConfig PLAIN = GenerateContentConfig.builder().build();

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
          .thinkingConfig(ThinkingConfig.builder().includeThoughts(true))
          .build();

  private final Map<String, Weather.Call> calls = new LinkedHashMap<>();
  private GatewayFixture fixture;
  private Client beta;
  private Client stable;

  @BeforeAll
  void start() {
    fixture = new GatewayFixture();
    beta = client("v1beta");
    stable = client("v1");
    addCalls("v1beta ", beta);
    addCalls("v1 ", stable);
  }

  private Client client(String version) {
    return Client.builder()
        .apiKey(GatewayFixture.CLIENT_KEY)
        .httpOptions(
            HttpOptions.builder()
                .baseUrl(fixture.url())
                .apiVersion(version)
                .retryOptions(HttpRetryOptions.builder().attempts(1).build())
                .build())
        .build();
  }

  private void addCalls(String prefix, Client client) {
    calls.put(prefix + "content", () -> generates(client));
    calls.put(prefix + "stream", () -> streams(client));
    calls.put(prefix + "tools", () -> callsATool(client));
    calls.put(prefix + "structure", () -> answersInAStructure(client));
    calls.put(prefix + "conversation", () -> converses(client));
    calls.put(prefix + "token count", () -> countsTokens(client));
    calls.put(prefix + "embedding", () -> embeds(client));
    calls.put(prefix + "models", () -> listsModels(client));
    calls.put(prefix + "model", () -> findsAModel(client));
  }

  @AfterAll
  void stop() {
    beta.close();
    stable.close();
    fixture.close();
  }

  private static void generates(Client client) {
    GenerateContentResponse response = client.models.generateContent(MODEL, "hello", PLAIN);
    assertThat(response.text()).startsWith("You said: hello");
    assertThat(response.finishReason().toString()).isEqualTo("STOP");
  }

  private static String streamed(Client client, List<Content> contents) {
    StringBuilder text = new StringBuilder();
    try (ResponseStream<GenerateContentResponse> stream =
        client.models.generateContentStream(MODEL, contents, PLAIN)) {
      for (GenerateContentResponse chunk : stream) {
        text.append(chunk.text() == null ? "" : chunk.text());
      }
    }
    return text.toString();
  }

  private static void streams(Client client) {
    assertThat(streamed(client, List.of(Content.fromParts(Part.fromText("hello")))))
        .startsWith("You said: hello");
  }

  private static void callsATool(Client client) {
    List<Content> contents = new ArrayList<>(toolTurn(client));
    contents.add(toolAnswer());
    assertThat(client.models.generateContent(MODEL, contents, WITH_TOOL).text())
        .contains("The tool answered: {\"sky\":\"sunny\"}");
  }

  /// The user's turn and the model's, which holds a signed call.
  private static List<Content> toolTurn(Client client) {
    Content user = Content.fromParts(Part.fromText("use get_weather"));
    GenerateContentResponse first = client.models.generateContent(MODEL, List.of(user), WITH_TOOL);
    assertThat(Objects.requireNonNull(first.functionCalls())).hasSize(1);
    return List.of(user, first.candidates().orElseThrow().getFirst().content().orElseThrow());
  }

  private static Content toolAnswer() {
    return Content.builder()
        .role("user")
        .parts(Part.fromFunctionResponse("get_weather", Map.of("sky", "sunny")))
        .build();
  }

  private static void answersInAStructure(Client client) {
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

  private static void converses(Client client) {
    Chat chat = client.chats.create(MODEL);
    chat.sendMessage("hello");
    assertThat(chat.sendMessage("again").text()).startsWith("You said: again");
  }

  private static void countsTokens(Client client) {
    assertThat(client.models.countTokens(MODEL, "hello", null).totalTokens()).contains(2);
  }

  private static void embeds(Client client) {
    assertThat(
            client
                .models
                .embedContent(
                    "gemini-embedding-001",
                    List.of("a", "b"),
                    EmbedContentConfig.builder().outputDimensionality(768).build())
                .embeddings()
                .orElseThrow())
        .hasSize(2);
  }

  private static void listsModels(Client client) {
    assertThat(
            StreamSupport.stream(
                client.models.list(ListModelsConfig.builder().pageSize(3).build()).spliterator(),
                false))
        .extracting(model -> model.name().orElseThrow())
        .contains("models/" + MODEL);
  }

  private static void findsAModel(Client client) {
    assertThat(client.models.get(MODEL, null).inputTokenLimit()).contains(1_048_576);
  }

  @Test
  void everyCallGoesThroughInItsVersion() throws Exception {
    fixture.heal();
    for (Weather.Call call : calls.values()) {
      call.run();
    }
    assertThat(fixture.simulator.requests())
        .allMatch(request -> GatewayFixture.secrets("gemini").getFirst().equals(request.secret()))
        .anyMatch(request -> request.path().startsWith("/v1/"))
        .anyMatch(request -> request.path().startsWith("/v1beta/"));
  }

  static List<String> faults() {
    return new ArrayList<>(Weather.faults("gemini").keySet());
  }

  @ParameterizedTest
  @MethodSource("faults")
  void noCallNotices(String fault) {
    Weather.strike(fixture, "gemini", Weather.fault("gemini", fault), calls);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noCallNoticesAStorm(long seed) {
    Weather.storm(fixture, "gemini", seed, 120, calls);
  }

  @Test
  void aConversationWithThoughtsMovesToAnotherProject() {
    fixture.heal();
    List<Content> contents = new ArrayList<>(toolTurn(beta));
    contents.add(toolAnswer());
    fixture.simulator.always(GatewayFixture.secrets("gemini").getFirst(), new Fault.Unauthorized());

    assertThat(streamed(beta, contents)).contains("The tool answered: {\"sky\":\"sunny\"}");

    List<ReceivedRequest> requests = fixture.simulator.requests();
    String refused = requests.get(requests.size() - 2).text();
    String served = requests.getLast().text();
    String signature = "\"thoughtSignature\":\"";
    int from = refused.indexOf(signature) + signature.length();
    assertThat(served)
        .isEqualTo(
            refused.replace(
                refused.substring(from, refused.indexOf('"', from)),
                "skip_thought_signature_validator"));
  }
}
