package dev.forebay.app.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.Part;
import com.google.genai.types.Schema;
import com.google.genai.types.ThinkingConfig;
import com.google.genai.types.Tool;
import com.google.genai.types.Type;
import dev.forebay.app.GatewayFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The official Google SDK, answered by the other providers.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class GeminiElsewhereTest {

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

  private GatewayFixture fixture;
  private Client client;

  @BeforeAll
  void start() {
    fixture = new GatewayFixture();
    client =
        Client.builder()
            .apiKey(GatewayFixture.CLIENT_KEY)
            .httpOptions(
                HttpOptions.builder()
                    .baseUrl(fixture.url())
                    .retryOptions(HttpRetryOptions.builder().attempts(1).build())
                    .build())
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

  private static Content user(String text) {
    return Content.builder().role("user").parts(Part.fromText(text)).build();
  }

  private static Content turn(GenerateContentResponse answer) {
    return answer.candidates().orElseThrow().getFirst().content().orElseThrow();
  }

  private static Content result(GenerateContentResponse calling, String words) {
    FunctionCall call = Objects.requireNonNull(calling.functionCalls()).getFirst();
    FunctionResponse.Builder response =
        FunctionResponse.builder().name("get_weather").response(Map.of("sky", words));
    call.id().ifPresent(response::id);
    return Content.builder()
        .role("user")
        .parts(Part.builder().functionResponse(response.build()).build())
        .build();
  }

  private String streamed(String model, List<Content> contents) {
    StringBuilder text = new StringBuilder();
    try (ResponseStream<GenerateContentResponse> stream =
        client.models.generateContentStream(model, contents, PLAIN)) {
      for (GenerateContentResponse chunk : stream) {
        text.append(chunk.text() == null ? "" : chunk.text());
      }
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude-opus-5-5", "claude-haiku-4-5", "gpt-6-sol", "gpt-4.1"})
  void everyCallIsAnswered(String model) {
    GenerateContentResponse whole = client.models.generateContent(model, "hello", PLAIN);
    assertThat(whole.text()).startsWith("You said: hello");
    assertThat(whole.finishReason().toString()).isEqualTo("STOP");

    assertThat(streamed(model, List.of(user("hello")))).startsWith("You said: hello");

    List<Content> contents = new ArrayList<>(List.of(user("use get_weather")));
    GenerateContentResponse calling = client.models.generateContent(model, contents, WITH_TOOL);
    contents.add(turn(calling));
    contents.add(result(calling, "sunny"));
    assertThat(client.models.generateContent(model, contents, WITH_TOOL).text())
        .contains("The tool answered:", "sunny");

    assertThat(client.models.countTokens(model, "hello", null).totalTokens().orElseThrow())
        .isPositive();
  }

  @Test
  void aToolLoopChangesItsProviderAtEveryTurn() {
    List<Content> contents = new ArrayList<>(List.of(user("use get_weather")));
    for (int turn = 0; turn < 10; turn++) {
      GenerateContentResponse calling =
          client.models.generateContent(Weather.model(2 * turn), contents, WITH_TOOL);
      contents.add(turn(calling));
      contents.add(result(calling, "sunny " + turn));
      GenerateContentResponse answer =
          client.models.generateContent(Weather.model(2 * turn + 1), contents, WITH_TOOL);
      assertThat(answer.text()).contains("The tool answered:", "sunny " + turn);
      contents.add(turn(answer));
      contents.add(user("use get_weather"));
    }
    assertThat(Weather.providersAsked(fixture)).hasSize(3);
  }
}
